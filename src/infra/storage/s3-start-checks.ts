import { CreateBucketCommand, ListObjectsV2Command, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { S3Config } from '../../core/config.ts';
import { SettingError } from '../../core/errors.ts';
import { certificateFault, type Service } from '../availability.ts';

const ANSWER_MILLISECONDS = 10_000;

/** The object store as it is named to the operator at the start. */
export function s3Service(config: S3Config): Service {
  return {
    name: `The object store at ${config.endpoint}`,
    settings: ['S3_HOST', 'S3_PORT'],
    refusal: (error) => refusalOf(config, error),
    // a TLS server usually gives no answer to plain HTTP
    hint: config.endpoint.startsWith('https:') ? undefined : 'If it speaks TLS, set S3_SCHEME=https.',
  };
}

/**
 * Creates the bucket when it is missing. It checks with a listing: the response to a HEAD has no body, so it gives no
 * reason for a refusal.
 * @throws SettingError when what answers is not an S3 server
 */
export async function prepareBucket(client: S3Client, config: S3Config, bucket: string): Promise<void> {
  const options = () => ({ abortSignal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
  try {
    const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }), options());
    const { Name, Prefix, MaxKeys, KeyCount, IsTruncated } = listed;
    // the SDK reads any page of HTML as an empty listing
    if ([Name, Prefix, MaxKeys, KeyCount, IsTruncated].every((field) => field === undefined)) throw noStore(config);
  } catch (error) {
    if (nameOf(error) !== 'NoSuchBucket') throw bucketRefusal(config, bucket, error) ?? error;
    await client.send(new CreateBucketCommand({ Bucket: bucket }), options()).catch((refused) => {
      // another process that starts at the same moment was faster
      if (/BucketAlreadyOwnedByYou|OperationAborted/.test(nameOf(refused))) return;
      throw bucketRefusal(config, bucket, refused) ?? refused;
    });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
const noStore = ({ endpoint }: S3Config, cause?: unknown) =>
  new SettingError(
    `What answers at ${endpoint} is not an S3 server: set S3_HOST, ` +
      "S3_PORT and S3_SCHEME to where it is (not the store's console).",
    ['S3_HOST', 'S3_PORT', 'S3_SCHEME'],
    { cause },
  );

/** The sentence for a refusal that concerns one bucket. */
function bucketRefusal(config: S3Config, bucket: string, error: unknown): SettingError | undefined {
  const names = 'S3_BUCKET_UPLOADS or S3_BUCKET_REPORTS';
  const settings = ['S3_BUCKET_UPLOADS', 'S3_BUCKET_REPORTS'];
  const refuse = (sentence: string) => new SettingError(sentence, settings, { cause: error });
  const store = `The object store at ${config.endpoint}`;
  const name = nameOf(error);
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (
    /^(AccessDenied|AllAccessDisabled|AccountProblem)$/.test(name) ||
    (status === 403 && /^(Unknown|Forbidden)$/.test(name))
  )
    return refuse(
      `${store} does not let S3_ACCESS_KEY=${JSON.stringify(config.accessKey)} use the bucket ${bucket}: ` +
        `it may be another account's. Give the key access to it, or name another with ${names}.`,
    );
  if (name === 'BucketAlreadyExists')
    return refuse(`The bucket ${bucket} belongs to another account of ${config.endpoint}: name another with ${names}.`);
  if (name === 'InvalidBucketName' || name === 'TooManyBuckets')
    return refuse(`${store} does not create the bucket ${bucket} (${(error as Error).message}): change ${names}.`);
  return undefined;
}

/** The sentence for a refusal of every request. */
function refusalOf(config: S3Config, error: unknown): SettingError | undefined {
  if (error instanceof SettingError) return error;
  const store = `The object store at ${config.endpoint}`;
  const theStore = `the object store at ${config.endpoint}`;
  const refuse = (settings: string[], sentence: string) => new SettingError(sentence, settings, { cause: error });
  const key = `S3_ACCESS_KEY=${JSON.stringify(config.accessKey)}`;
  const region = `S3_REGION=${JSON.stringify(config.region)}`;
  const { name, message, code, Region } = error as Error & { code?: string; Region?: string };
  const fault = certificateFault(error);
  if (fault)
    return refuse(
      ['S3_SCHEME'],
      `The certificate of ${theStore} is not trusted: ${fault}. ` +
        'Name the file of its authority in NODE_EXTRA_CA_CERTS, or set S3_SCHEME=http if the store does not use TLS.',
    );
  if (code === 'EPROTO')
    return refuse(['S3_SCHEME'], `${store} does not speak TLS: set S3_SCHEME=http, or S3_PORT to the port that does.`);
  if (code?.startsWith('HPE_')) return noStore(config, error);
  switch (name) {
    case 'InvalidAccessKeyId':
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return refuse(['S3_ACCESS_KEY'], `${store} does not know ${key}: set it to a key of that store.`);
    case 'SignatureDoesNotMatch':
      return refuse(['S3_SECRET_KEY'], `${store} refuses S3_SECRET_KEY: it is not the secret of ${key}.`);
    case 'AuthorizationHeaderMalformed':
    case 'InvalidRegion':
    case 'IllegalLocationConstraintException':
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
      return refuse(
        ['S3_REGION'],
        `${store} refuses ${region}: ` +
          `${Region ? `set it to ${Region}.` : `${message.replace(/\.?$/, '.')} Set it to the store's region.`}`,
      );
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return refuse([], `The clock of this machine and that of ${theStore} differ too much: set the clock of both.`);
    case 'InvalidArgument':
    case 'NotFound':
    case 'MethodNotAllowed':
      return noStore(config, error);
  }
  const response = error as {
    $response?: { statusCode?: number; body?: unknown };
    $metadata?: { httpStatusCode?: number };
  };
  const status = response.$metadata?.httpStatusCode ?? 0;
  if (status === 400 && name !== 'InvalidRequest' && !(error instanceof S3ServiceException && error.name !== 'Unknown'))
    return refuse(
      ['S3_SCHEME'],
      `${store} does not accept unencrypted S3 requests: if it speaks TLS, set S3_SCHEME=https, ` +
        'else S3_HOST and S3_PORT to where the store is.',
    );
  // not a response of S3: no XML, or no code in it
  if (status > 0 && status < 500 && (name === 'Unknown' || /parse error|Deserialization/i.test(message)))
    return noStore(config, error);
  return undefined;
}
