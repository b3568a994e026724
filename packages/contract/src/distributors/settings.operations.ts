import { MANAGERS, OPERATORS, READERS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, Id, ofDistributor, ofOperator } from '../operation-parts.ts';
import { DistributorSettings, DistributorSettingsChange } from './settings.ts';

/** The guards of a distributor’s own sales. */
export const SETTINGS_OPERATIONS = {
  getSettings: operation({
    id: 'getSettings',
    method: 'GET',
    path: '/v1/settings',
    tag: 'Settings',
    summary: 'The guards of your own sales',
    ...ofDistributor,
    roles: READERS,
    answers: { 200: answer('The settings', DistributorSettings) },
  }),
  changeSettings: operation({
    id: 'changeSettings',
    method: 'PATCH',
    path: '/v1/settings',
    tag: 'Settings',
    summary: 'Changes the guards of your own sales',
    description: 'Only what is sent is changed; null switches a guard off. What is pending counts as sold.',
    ...ofDistributor,
    roles: MANAGERS,
    body: DistributorSettingsChange,
    bodyExample: { line_units_per_day: 10, repeat_guard_minutes: 5 },
    answers: { 200: answer('The settings as they are now', DistributorSettings) },
  }),
} as const;

/** The same guards, as the operator sets them. */
export const OPERATOR_SETTINGS_OPERATIONS = {
  getDistributorSettings: operation({
    id: 'getDistributorSettings',
    method: 'GET',
    path: '/admin/v1/distributors/{id}/settings',
    tag: 'Distributors',
    summary: 'The guards of a distributor’s sales',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The settings', DistributorSettings) },
  }),
  changeDistributorSettings: operation({
    id: 'changeDistributorSettings',
    method: 'PATCH',
    path: '/admin/v1/distributors/{id}/settings',
    tag: 'Distributors',
    summary: 'Changes the guards of a distributor’s sales',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: DistributorSettingsChange,
    bodyExample: { implicit_key_seconds: 300 },
    answers: { 200: answer('The settings as they are now', DistributorSettings) },
  }),
} as const;
