import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second towards programs, whatever it does inside. */
const TICKS_PER_S = 100;

interface Process {
  parent: number;
  ticks: number;
}

/** The fields of a `stat` file of a process, from the third on: the second, its name, may hold blanks and brackets. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

function processOf(stat: string): Process {
  const fields = fieldsOf(stat);
  // utime, stime, and the same of its children that have ended: fields 14 to 17 of proc(5).
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), ticks };
}

function readProcesses(): Map<number, Process> {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      processes.set(Number(name), processOf(readFileSync(`/proc/${name}/stat`, 'utf8')));
    } catch {
      // It has ended since; its time is its parent's now.
    }
  }
  return processes;
}

/** Gives a process and all below it. */
function treeOf(root: number, processes: ReadonlyMap<number, Process>): number[] {
  const children = [...processes].filter(([, { parent }]) => parent === root).map(([pid]) => pid);
  return [root, ...children.flatMap((pid) => treeOf(pid, processes))];
}

/** Measures the time that every core of the machine was not idle, in seconds. Processes of others are in it. */
function busySeconds(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/ +/).slice(1).map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS_PER_S;
}

/** The accounts of the system at one moment: exact, where time on a shared machine is not. */
export interface CpuReading {
  /** CPU seconds that a process and all below it have used up to then. */
  of: (root: number) => number;
  /** The same of the whole machine. */
  machine: number;
}

export function readCpu(): CpuReading {
  const processes = readProcesses();
  return {
    of: (root) => treeOf(root, processes).reduce((sum, pid) => sum + (processes.get(pid)?.ticks ?? 0), 0) / TICKS_PER_S,
    machine: busySeconds(),
  };
}

/** Gives the parent of a process. */
export const parentOf = (pid: number): number => processOf(readFileSync(`/proc/${pid}/stat`, 'utf8')).parent;

/** Gives the processes of a program: itself and all below it. */
export const processesOf = (root: number): number[] => treeOf(root, readProcesses());

/** Measures the memory that a program holds, itself and all below it, in MB. */
export function residentMb(root: number): number {
  return processesOf(root).reduce((sum, pid) => {
    const kb = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kb ?? 0) / 1024;
  }, 0);
}
