import type {
  Agent,
  AgentChange,
  AgentCreation,
  Chaos,
  ChaosEffect,
  ChaosSetting,
  Event,
  EventTrigger,
  LoggedRequest,
  NewAgent,
  NewSalePreview,
  RefusalGroup,
  SalePreview,
  SalePreviewCreation,
  SalePreviewDecision,
  SandboxClock,
} from '@opentopup/contract';
import type { OperationSet } from './operation-set.ts';
import type { ExtensionOperations, Input } from './operations.ts';
import type { CallOptions } from './options.ts';
import type { Transaction } from './wire.ts';

type Extensions = OperationSet<ExtensionOperations>;
type PreviewFilter = Pick<NonNullable<Input<ExtensionOperations['listSalePreviews']>['query']>, 'status'>;
type RequestFilter = Omit<NonNullable<Input<ExtensionOperations['listRequests']>['query']>, 'offset' | 'limit'>;

/** Groups the calls about a distributor's own programs: agents that sell within caps, and what clients asked. */
export const programsOf = (extensions: Extensions) => ({
  agents: {
    /** Oldest first. */
    list: (options?: CallOptions): AsyncIterable<Agent> => extensions.each('listAgents', {}, options),
    /** The secret is told once. */
    create: (body: AgentCreation, options?: CallOptions): Promise<NewAgent> =>
      extensions.call('createAgent', { body }, options),
    change: (client_id: string, body: AgentChange, options?: CallOptions): Promise<Agent> =>
      extensions.call('changeAgent', { params: { client_id }, body }, options),
    /** The agent that asks. */
    own: (options?: CallOptions): Promise<Agent> => extensions.call('getOwnAgent', {}, options),
  },
  /** What agents want to sell. */
  salePreviews: {
    /** Newest first. */
    list: (query: PreviewFilter = {}, options?: CallOptions): AsyncIterable<SalePreview> =>
      extensions.each('listSalePreviews', { query }, options),
    /** As an agent. The token is told once. */
    create: (body: SalePreviewCreation, options?: CallOptions): Promise<NewSalePreview> =>
      extensions.call('previewSale', { body }, options),
    decide: (id: string, decision: SalePreviewDecision['decision'], options?: CallOptions): Promise<SalePreview> =>
      extensions.call('decideSalePreview', { params: { id }, body: { decision } }, options),
    /** As the agent that has made it. May be repeated: it sells once. */
    confirm: (id: string, token: string, options?: CallOptions): Promise<Transaction> =>
      extensions.call('confirmSale', { params: { id }, body: { token } }, options),
  },
  /** What your clients asked, and were answered. */
  requests: {
    /** Newest first. */
    list: (query: RequestFilter = {}, options?: CallOptions): AsyncIterable<LoggedRequest> =>
      extensions.each('listRequests', { query }, options),
    /** By the `request_id` of a refusal. */
    get: (id: string, options?: CallOptions): Promise<LoggedRequest> =>
      extensions.call('getRequest', { params: { id } }, options),
    /** Refusals that are alike, most often first. */
    refusals: (query: Pick<RequestFilter, 'client_id'> = {}, options?: CallOptions): AsyncIterable<RefusalGroup> =>
      extensions.each('listRefusalGroups', { query }, options),
  },
});

/** Groups the calls that only a sandbox answers. */
export const sandboxCallsOf = (extensions: OperationSet<ExtensionOperations>) => ({
  /** How far the clock of the sandbox is ahead. */
  clock: (options?: CallOptions): Promise<SandboxClock> => extensions.call('getSandboxClock', {}, options),
  /** Puts it forward, so that what waits comes due; may be repeated. */
  moveClock: (body: SandboxClock, options?: CallOptions): Promise<SandboxClock> =>
    extensions.call('moveSandboxClock', { body }, options),
  /** What goes wrong for the orders of a client, because you have asked for it. */
  chaos: {
    /** Of each client that meets any. */
    list: (options?: CallOptions): Promise<Chaos[]> => extensions.call('listChaos', {}, options),
    /** Has a client meet it for a time; in place of what it has met before. */
    set: (client_id: string, body: ChaosSetting, options?: CallOptions): Promise<Chaos> =>
      extensions.call('setChaos', { params: { client_id }, body }, options),
    end: (client_id: string, options?: CallOptions): Promise<Chaos> =>
      extensions.call('endChaos', { params: { client_id } }, options),
    /** What it did, newest first. */
    effects: (options?: CallOptions): AsyncIterable<ChaosEffect> => extensions.each('listChaosEffects', {}, options),
  },
  /** Makes an example of an event, for all who listen to the sandbox; nothing has happened. */
  trigger: (type: EventTrigger['type'], options?: CallOptions): Promise<Event> =>
    extensions.call('triggerEvent', { body: { type } }, options),
});
