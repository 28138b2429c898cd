// The wire records of the REST API, generated from its description, docs/openapi.json; and what a description can not say.

import type * as wire from '../../generated/schema';

export type * from '../../generated/schema';

/** A part of a list. */
export interface Page<T> { items: T[]; next: string | null; total: number }

// In requests every setting may be left out; what the server answers, and what a form holds, has them all.
export type Workspace = Required<wire.Workspace>;
export interface WorkspaceView extends Omit<wire.WorkspaceView, 'workspace'> { workspace: Workspace }
export type PoolSettings = Required<wire.PoolSettings>;
export type CreatePoolRequest = Required<wire.CreatePoolRequest>;
export type HouseSettings = Required<wire.HouseSettings>;
export type LdapSettings = Required<wire.LdapSettings>;
export type OpenIdSettings = Required<wire.OpenIdSettings>;
