export default {
  test: {
    include: ['tests/**/*.test.ts'],
    // faults of real services: npm run test:services
    exclude: process.env.STACK === 'services' ? [] : ['tests/faults/**', 'tests/stores/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['default'],
  },
};
