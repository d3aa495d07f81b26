/** Settings that are also in the help of the command: where the service listens, and where it keeps its data. */
export const DEFAULTS = { HOST: '127.0.0.1', PORT: 4_000, DATA_DIR: '.data' } as const;
