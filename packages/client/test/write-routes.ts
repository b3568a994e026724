import { writeFileSync } from 'node:fs';
import {
  ACCOUNT_OPERATIONS,
  DISTRIBUTOR_OPERATIONS,
  OPERATOR_OPERATIONS,
  type Operation,
  WIRE_OPERATIONS,
} from '@opentopup/contract';

// Writes packages/client/src/routes.ts: `npm run openapi`.
const SETS: readonly [name: string, type: string, about: string, operations: Record<string, Operation>][] = [
  ['WIRE_ROUTES', 'WireOperations', 'Travel B2B 1.7.', WIRE_OPERATIONS],
  ['EXTENSION_ROUTES', 'ExtensionOperations', 'What OpenTopup adds for distributors.', DISTRIBUTOR_OPERATIONS],
  ['OPERATOR_ROUTES', 'OperatorOperations', 'What OpenTopup’s operator does.', OPERATOR_OPERATIONS],
  ['ACCOUNT_ROUTES', 'AccountOperations', 'What people do with their own account on an OpenTopup.', ACCOUNT_OPERATIONS],
];

const TYPES = [...SETS.map(([, type]) => type), 'Routes'].toSorted();

const HEAD = `// Written by \`npm run openapi\`. The contract's operations carry schemas, and with them a library that has no place in this
// bundle: so their methods and paths are copied, and the types hold the copy to the contract.
import type {
${TYPES.map((type) => `  ${type},\n`).join('')}} from './operations.ts';
`;

const parts = SETS.map(([name, type, about, operations]) => {
  const lines = Object.values(operations).map(({ id, method, path }) => `  ${id}: '${method} ${path}',\n`);
  return `\n/** ${about} */\nexport const ${name}: Routes<${type}> = {\n${lines.join('')}};\n`;
});
writeFileSync(new URL('../src/routes.ts', import.meta.url), HEAD + parts.join(''));
