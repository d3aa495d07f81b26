import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents of every GraphQL operation that the tests write, from the committed schema. */
const config = {
  schema: 'src/api/graphql/schema.graphql',
  documents: ['tests/support/graphql-api.ts'],
  generates: {
    './tests/support/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { BigInt: 'number', DateTime: 'string', JSON: 'unknown', Upload: 'unknown' },
      },
    },
  },
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
} as CodegenConfig;

export default config;
