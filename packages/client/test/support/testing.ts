// For the tests of whoever builds on the client.
export { allOf } from './all-of.ts';
export { networkFaults, randomOf } from './bad-network.ts';
export { CommandLine, environment } from './command-line.ts';
export { type FaultProxy, type NetworkFault, startFaultProxy } from './fault-proxy.ts';
export { newOffer, type OfferInStock } from './operator-data.ts';
export { ACTIVATION_CODE, OperatorServer } from './operator-server.ts';
export { type DemoProgram, startDemoProgram } from './program.ts';
export { type SimulatedOrder, SimulatedSupplier } from './simulated-supplier.ts';
