const DAY_MS = 86_400_000;
const DAYS = 30;
/** As much as the database keeps. */
const HIGHEST_LEVEL = 2 ** 31 - 1;

/** How the user of an eSIM has to be identified (KYC). */
export interface IdentificationRule {
  /** 0: not at all. */
  level: number;
  /** Where the user identifies; empty where the product does not say. */
  url: string;
  /** Null where nobody has to be identified. */
  deadline: Date | null;
}

/**
 * Reads what a product's metadata asks for: `kyc_level` and `kyc_url`.
 * @param soldAt when the eSIM was sold: 30 days later its user must be identified
 */
export function identificationRule(metadata: Readonly<Record<string, unknown>>, soldAt: Date): IdentificationRule {
  const { kyc_level: level, kyc_url: url } = metadata;
  const asked = typeof level === 'number' && Number.isInteger(level) && level > 0;
  return {
    level: asked ? Math.min(level, HIGHEST_LEVEL) : 0,
    url: typeof url === 'string' ? url : '',
    deadline: asked ? new Date(soldAt.getTime() + DAYS * DAY_MS) : null,
  };
}
