/** A .cpuprofile of V8, as far as it is needed here. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  samples: number[];
  /** Microseconds since the sample before. */
  timeDeltas: number[];
}

/** Where a function is. */
interface Frame {
  name: string;
  /** `src/processing/formats/csv/profile.ts`, `node:fs`; a function of the kernel is in the file of its source. */
  file: string;
}

interface Times {
  /** Milliseconds by phase and by function, of the threads together, waiting left out. */
  phases: Map<string, number>;
  functions: Map<string, number>;
  working: number;
  /** Milliseconds in which a thread had nothing to do. */
  waiting: number;
}

const WAITING = 'waiting';
/** The first that fits a frame, from the innermost frame outwards, names the phase of a sample. */
const PHASES: { phase: string; name?: RegExp; file?: RegExp }[] = [
  { phase: WAITING, name: /^\(idle\)$/ },
  { phase: WAITING, name: /^blocked$/, file: /named-kernel/ },
  { phase: 'garbage collection', name: /^\(garbage collector\)$/ },
  { phase: 'duplicates', file: /processing\/.*(duplicates|row-hash)/ },
  { phase: 'index', file: /processing\/.*(index|scanner|encoding|utf8|utf16|csv\/head)/ },
  {
    phase: 'columns',
    file: /processing\/(kernel\/|statistics\/|text\/value|host\/(column|longest|resemblance|stored))/,
  },
  { phase: 'rest of the engine', file: /src\/processing\// },
  { phase: 'report', file: /src\/report\// },
  { phase: 'reading', file: /src\/cli\/source|node:(internal\/)?(fs|streams?)\b/ },
  { phase: 'start-up', file: /node:internal\/(modules|bootstrap|main|process|deps\/amaro)|^bin\/|src\/cli/ },
  { phase: 'start-up', name: /^(compileSourceTextModule|Module|compileFunctionForCJSLoader)$/ },
];

/** Adds up what the threads of a process did. @param root of the project, as a file: URL that ends in a slash */
export function timesOf(profiles: CpuProfile[], root: string): Times {
  const times: Times = { phases: new Map(), functions: new Map(), working: 0, waiting: 0 };
  const add = (map: Map<string, number>, key: string, time: number) => map.set(key, (map.get(key) ?? 0) + time);
  for (const { nodes, samples, timeDeltas } of profiles) {
    const parents = new Map(nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id] as const)));
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, frameOf(callFrame, root)] as const));
    const phaseOf = (node: number | undefined): string => {
      if (node === undefined) return 'Node itself';
      const { name, file } = frames.get(node)!;
      const rule = PHASES.find((each) => (each.name?.test(name) ?? true) && (each.file?.test(file) ?? true));
      return rule?.phase ?? phaseOf(parents.get(node));
    };
    for (const [i, node] of samples.entries()) {
      // a delta is the time before its sample: what ran from there to the next is the next one's
      const time = (timeDeltas[i + 1] ?? 0) / 1_000;
      const phase = phaseOf(node);
      if (phase === WAITING) {
        times.waiting += time;
        continue;
      }
      const { name, file } = frames.get(node)!;
      times.working += time;
      add(times.phases, phase, time);
      add(times.functions, file ? `${name}, ${file}` : name, time);
    }
  }
  return times;
}

function frameOf({ functionName, url }: { functionName: string; url: string }, root: string): Frame {
  if (url.startsWith('wasm:')) {
    // `src/processing/kernel/csv/rows/takeRows` where the kernel has names; Node's own modules have none
    const [, file, name] = /^([^<]*)\/(.*)$/.exec(functionName) ?? [];
    return file === undefined ? { name: functionName, file: 'WebAssembly' } : { name: name!, file: `${file}.ts` };
  }
  return { name: functionName || '(nameless)', file: url.startsWith(root) ? url.slice(root.length) : url };
}

/** The largest of the times as a Markdown table; the others are added up in its last row. @param most rows */
export function timesTable(what: string, times: Map<string, number>, most = Number.POSITIVE_INFINITY): string {
  const sorted = [...times].sort(([, a], [, b]) => b - a);
  const total = sorted.reduce((sum, [, time]) => sum + time, 0);
  const others = sorted.slice(most);
  const rows = sorted.slice(0, most);
  if (others.length > 0) rows.push([`${others.length} others`, others.reduce((sum, [, time]) => sum + time, 0)]);
  const lines = rows.map(
    ([name, time]) => `| ${time.toFixed(0)} | ${((100 * time) / (total || 1)).toFixed(1)} % | ${name} |`,
  );
  return [`| ms | share | ${what} |`, '|--:|--:|---|', ...lines].join('\n');
}
