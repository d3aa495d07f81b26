/** Typed documents of every GraphQL operation that the tests and the browser application write, from the committed schema. */
const target = (documents: string) => ({
  documents: [documents],
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    scalars: { BigInt: 'number', DateTime: 'string', JSON: 'unknown', RowBound: 'number | string', Upload: 'unknown' },
  },
});
export default {
  schema: 'src/api/graphql/schema.graphql',
  generates: {
    './tests/support/generated/': target('tests/support/graphql-api.ts'),
    './src/web/generated/': target('src/web/documents.ts'),
  },
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
};
