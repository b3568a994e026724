/** The groups in which operations are shown, in this order, and what each is about. */
export const TAGS = {
  Service: 'Tokens, and whether the server is well.',
  'Countries and currencies': 'The lists that offers and products refer to.',
  Offers: 'What you may sell: prices, your own fees, and how many units are left.',
  Transactions: 'Selling, and what became of each sale.',
  Suppliers: 'Whose products you sell, and what they know of the SIMs you sold.',
  Keys: 'The public key under which the activation codes of eSIMs are encrypted for you.',
  Alerts: 'When you want to be told of your stocks, and how they stand.',
  'Customer messages': 'What your end customers are told, in your own words where you like.',
  Settings: 'Guards that you may set for your own sales.',
  Identifications: 'eSIMs whose users have to be identified, and until when.',
  Simulator: 'What the simulated suppliers do with certain numbers and SIMs.',
  Distributors: 'Who sells, and the guards of their sales.',
  Credentials: 'The clients with which distributors get their tokens.',
  Catalogue: 'Suppliers, products, and what is offered to whom.',
  Stock: 'Units granted to an offer, and the ledger of what became of them.',
  'All transactions': 'The sales of all distributors.',
  Audit: 'Who changed what, and how it was.',
} as const;
export type Tag = keyof typeof TAGS;
