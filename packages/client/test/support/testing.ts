// For the tests of whoever builds on the client.
export { allOf } from './all-of.ts';
export { CommandLine } from './command-line.ts';
export { type Fault, type FaultProxy, startFaultProxy } from './fault-proxy.ts';
export { newOffer, type OperatorOffer } from './operator-data.ts';
export { ACTIVATION_CODE, OperatorServer } from './operator-server.ts';
