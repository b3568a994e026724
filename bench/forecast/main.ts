import { table } from './table.ts';

process.stdout.write(`${table().join('\n')}\n`);
