import Type, { type Static } from 'typebox';
import { ImportReport } from '../audit/audit.ts';
import { Amount, DateTime, Metadata, PlainText, Uuid } from '../formats.ts';
import { Balances } from '../ledger/bookings.ts';
import { CHECK_DIGIT_RULES } from '../lines/read-serial.ts';
import { SaleStatus } from './offers.ts';
import { CountryCode, Tags } from './products.ts';
import { BalanceThreshold, SupplierFunds } from './supplier-funds.ts';

const SupplierStatus = Type.Enum(['approved', 'revoked', 'pending']);

/** Settings of a supplier's connector; which there are is told by the connector. */
const ConnectorSettings = Type.Record(Type.String(), Type.Unknown());
/** Secrets of a supplier's connector: written, never read. */
const ConnectorSecrets = Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 10_000 }));

const Deadline = Type.Integer({
  minimum: 100,
  maximum: 120_000,
  description: 'How long it may take to answer, in milliseconds, where that is less than SUPPLIER_DEADLINE_MS',
});
const MaxConcurrent = Type.Integer({
  minimum: 1,
  maximum: 100_000,
  description: 'Most of its calls that one process has open; 2,000 unless told',
});
const SimCheckDigit = Type.Enum(CHECK_DIGIT_RULES, {
  description:
    'What becomes of the serial of a SIM whose check digit does not agree: it is refused, told, or passed over. ' +
    '`refuse` unless told',
});

const OnCatalogueChange = Type.Enum(['tell', 'stop', 'stop_at_loss'], {
  description:
    'What follows where its catalogue has changed. The operator is told in any case. `tell`: nothing else. `stop`: offers whose cost has changed are not sold until the operator puts them back on sale. `stop_at_loss`, unless told: only those that cost more than their `resell_value`, while they do. Neither are products that it does not list any more sold then',
});

/** A supplier, as the operator sees it. */
export const Supplier = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    status: SupplierStatus,
    country: Type.String({ description: 'ISO 3166-1 alpha-2: whose numbers it recharges' }),
    connector: Type.Union([Type.String(), Type.Null()], { description: 'Null: none yet, nothing can be sold' }),
    settings: ConnectorSettings,
    secrets: Type.Array(Type.String(), { description: 'The names of the secrets that are set' }),
    deadline_ms: Type.Union([Deadline, Type.Null()]),
    max_concurrent: MaxConcurrent,
    on_catalogue_change: OnCatalogueChange,
    catalogue: Type.Optional(
      Type.Object(
        {
          read_date: Type.Optional({ ...DateTime, description: 'When it was read last, as a whole' }),
          failure_date: Type.Optional({ ...DateTime, description: 'Since when it cannot be read' }),
          cause: Type.Optional(Type.String()),
          coming: Type.Optional(
            Type.Integer({ description: 'How much has come of a catalogue that is being read or taken over' }),
          ),
        },
        { description: 'How its catalogue was read' },
      ),
    ),
    sim_check_digit: SimCheckDigit,
    balance_threshold: Type.Union([BalanceThreshold, Type.Null()]),
    balance: Type.Optional({ ...SupplierFunds, description: 'The money there; absent where it cannot be read' }),
    outage: Type.Optional(
      Type.Object(
        { since: DateTime, until: Type.Optional(DateTime), cause: Type.String() },
        { description: 'The last time it did not answer; without `until`, it goes on' },
      ),
    ),
    creation_date: DateTime,
  },
  { title: 'Supplier' },
);
export type Supplier = Static<typeof Supplier>;

export const SupplierCreation = Type.Object(
  {
    id: Type.Optional(Uuid),
    name: PlainText,
    country: CountryCode,
    status: Type.Optional(SupplierStatus),
    connector: Type.Optional(Type.String({ maxLength: 64 })),
    settings: Type.Optional(ConnectorSettings),
    secrets: Type.Optional(ConnectorSecrets),
    deadline_ms: Type.Optional(Deadline),
    max_concurrent: Type.Optional(MaxConcurrent),
    on_catalogue_change: Type.Optional(OnCatalogueChange),
    sim_check_digit: Type.Optional(SimCheckDigit),
    balance_threshold: Type.Optional(BalanceThreshold),
  },
  { title: 'SupplierCreation', additionalProperties: false },
);
export type SupplierCreation = Static<typeof SupplierCreation>;

/** `settings` and `secrets` replace what was there, each as a whole. */
export const SupplierChange = Type.Object(
  {
    name: Type.Optional(PlainText),
    status: Type.Optional(SupplierStatus),
    connector: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
    settings: Type.Optional(ConnectorSettings),
    secrets: Type.Optional(ConnectorSecrets),
    deadline_ms: Type.Optional(Type.Union([Deadline, Type.Null()])),
    max_concurrent: Type.Optional(MaxConcurrent),
    on_catalogue_change: Type.Optional(OnCatalogueChange),
    sim_check_digit: Type.Optional(SimCheckDigit),
    balance_threshold: Type.Optional(Type.Union([BalanceThreshold, Type.Null()])),
  },
  { title: 'SupplierChange', additionalProperties: false, minProperties: 1 },
);
export type SupplierChange = Static<typeof SupplierChange>;

/** An offer, as the operator sees it. */
export const OperatorOffer = Type.Object(
  {
    id: Uuid,
    distributor_id: Uuid,
    product_id: Uuid,
    name: Type.String(),
    version: Type.Integer({ description: 'Counts the changes of name, price and fees' }),
    status: SaleStatus,
    resell_value: Amount,
    cost: Type.Optional({ ...Amount, description: 'What its supplier charges for one, as its catalogue says' }),
    distributor_fees: Amount,
    distributor_fees_type: Type.Enum(['percent', 'value']),
    currency: Type.String(),
    tags: Type.Array(Type.String()),
    metadata: Type.Optional(Metadata),
    creation_date: DateTime,
    update_date: DateTime,
    expiration_date: Type.Optional(DateTime),
    bucket: Balances,
  },
  { title: 'Offer' },
);
export type OperatorOffer = Static<typeof OperatorOffer>;

const ResellValue = Type.Number({ minimum: 0, description: "Exact to the currency's minor unit" });

export const OfferCreation = Type.Object(
  {
    id: Type.Optional(Uuid),
    distributor_id: Uuid,
    product_id: Uuid,
    name: PlainText,
    resell_value: ResellValue,
    tags: Type.Optional(Tags),
    expiration_date: Type.Optional(DateTime),
  },
  { title: 'OfferCreation', additionalProperties: false },
);
export type OfferCreation = Static<typeof OfferCreation>;

export const OfferChange = Type.Object(
  {
    name: Type.Optional(PlainText),
    resell_value: Type.Optional(ResellValue),
    tags: Type.Optional(Tags),
    expiration_date: Type.Optional(Type.Union([DateTime, Type.Null()])),
    status: Type.Optional(
      Type.Literal('available', {
        description:
          'Puts an offer back on sale that was stopped, at what it costs now. A `resell_value` that covers the cost does so too',
      }),
    ),
  },
  { title: 'OfferChange', additionalProperties: false, minProperties: 1 },
);
export type OfferChange = Static<typeof OfferChange>;

/** What is taken over from a supplier's own catalogue. */
export const SupplierImport = Type.Object(
  {
    distributor_id: Type.Optional({
      ...Uuid,
      description: 'Who is offered each product, at what the supplier charges for it. Left out: only products are made',
    }),
    choices: Type.Optional(
      Type.Array(
        Type.Object(
          {
            supplier_reference: Type.String({ minLength: 1, maxLength: 255 }),
            amount: Type.Optional(
              Type.Number({ exclusiveMinimum: 0, description: 'What the line gets, where a range is listed' }),
            ),
            resell_value: Type.Optional({
              ...ResellValue,
              description: 'What the distributor is charged; what the supplier charges, rounded up, unless told',
            }),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 1_000, description: 'What of its catalogue; all of it, read again, unless told' },
      ),
    ),
    dry_run: Type.Optional(Type.Boolean({ description: 'Only says what would be done' })),
  },
  { title: 'SupplierImport', additionalProperties: false },
);
export type SupplierImport = Static<typeof SupplierImport>;

/** What was taken over; with errors, nothing at all. The lines are counted in the supplier's own list, from 1. */
export const SupplierImportReport = Type.Object(
  {
    products: ImportReport,
    offers: ImportReport,
    needs_amount: Type.Integer({
      description:
        'How many products of the catalogue were left out: the line gets what is chosen, so choose them with an `amount`',
    }),
  },
  { title: 'SupplierImportReport' },
);
export type SupplierImportReport = Static<typeof SupplierImportReport>;
