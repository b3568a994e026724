import type { GuardedOperation } from '@opentopup/contract';
import { type ComponentType, useEffect, useRef } from 'react';
import { NavLink, useParams } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useMay } from '../../session/session.ts';
import { AccountSettings } from './account-settings.tsx';
import { AgentSettings } from './agents/agent-settings.tsx';
import { AuditTrail } from './audit/audit-trail.tsx';
import { CatalogueSettings } from './catalogue/catalogue-settings.tsx';
import { ClientSettings } from './client-settings.tsx';
import { AllDistributors } from './distributors/all-distributors.tsx';
import { GuardSettings } from './guard-settings.tsx';
import { KeySettings } from './key-settings.tsx';
import { MessageSettings } from './message-settings.tsx';
import { OfferSettings } from './offer-settings.tsx';
import { ReceiptForm } from './receipt-form.tsx';
import { SignOnSettings } from './sign-on-settings.tsx';
import { StaffSettings } from './staff-settings.tsx';
import { SupplierSettings } from './suppliers/supplier-settings.tsx';
import { WebhookSettings } from './webhooks/webhook-settings.tsx';

interface Part {
  name:
    | 'account'
    | 'staff'
    | 'sign-on'
    | 'clients'
    | 'agents'
    | 'webhooks'
    | 'guards'
    | 'messages'
    | 'receipts'
    | 'key'
    | 'offers'
    | 'distributors'
    | 'catalogue'
    | 'suppliers'
    | 'audit';
  needs: readonly GuardedOperation[];
  Content: ComponentType;
}

const PARTS: readonly Part[] = [
  { name: 'account', needs: ['getSession'], Content: AccountSettings },
  { name: 'staff', needs: ['listStaff', 'listAccounts'], Content: StaffSettings },
  { name: 'sign-on', needs: ['getOwnSignOn', 'getSignOn'], Content: SignOnSettings },
  { name: 'clients', needs: ['listOwnCredentials'], Content: ClientSettings },
  { name: 'agents', needs: ['listAgents'], Content: AgentSettings },
  { name: 'webhooks', needs: ['listWebhooks'], Content: WebhookSettings },
  { name: 'guards', needs: ['getSettings', 'getDistributorSettings'], Content: GuardSettings },
  { name: 'messages', needs: ['setCustomerMessage'], Content: MessageSettings },
  { name: 'receipts', needs: ['setReceiptSettings'], Content: ReceiptForm },
  { name: 'key', needs: ['setDistributorKey'], Content: KeySettings },
  { name: 'offers', needs: ['changeDistributorOfferEditableParameters'], Content: OfferSettings },
  { name: 'distributors', needs: ['listDistributors'], Content: AllDistributors },
  { name: 'catalogue', needs: ['listOffers'], Content: CatalogueSettings },
  { name: 'suppliers', needs: ['listSuppliers'], Content: SupplierSettings },
  { name: 'audit', needs: ['listAuditEntries'], Content: AuditTrail },
];

/** What somebody may set: for itself, and for its distributor. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  const { part } = useParams();
  const parts = PARTS.filter(({ needs }) => needs.some(may));
  const tabs = useRef<HTMLElement>(null);
  // On a phone there are more than fit.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is chosen.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [part]);
  const { Content = AccountSettings } = parts.find(({ name }) => name === (part ?? 'account')) ?? {};
  return (
    <PageFrame title={m.pages.settings}>
      <nav ref={tabs} className="tabs" aria-label={m.pages.settings}>
        {parts.map(({ name }) => (
          <NavLink key={name} to={name === 'account' ? '/settings' : `/settings/${name}`} end={name === 'account'}>
            {m.settings[name]}
          </NavLink>
        ))}
      </nav>
      <Content />
    </PageFrame>
  );
}
