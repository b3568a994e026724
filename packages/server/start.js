import { setFlagsFromString } from 'node:v8';

// Says what is missing before anything that an old Node.js cannot read is loaded.
const needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    `OpenTopup needs Node.js ${needed} or later; this is ${process.versions.node}. Get it from https://nodejs.org and start again.`,
  );
  process.exit(1);
}
// Next to nothing outlives its request, so a small space for what is new is emptied as cheaply as a large one.
setFlagsFromString('--max-semi-space-size=4');
await import('./src/main.ts');
