// AssemblyScript's numbers, for what the host imports of the kernel: the files of kernel/border and the types of its
// host functions. The kernel itself is checked with AssemblyScript's own declarations (kernel/tsconfig.json).
declare type u32 = number;
declare type usize = number;
declare type f64 = number;
