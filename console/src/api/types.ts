// The wire records of the REST API, as src/Mayfly.Contracts/Api declares them.

export interface Fault { code: string; what: string; why: string | null; remedy: string | null }

export interface LoginRequest { user: string; password: string }
export interface UserView { name: string; displayName: string; administrator: boolean }
export interface AddUserRequest { name: string; displayName?: string; password?: string; administrator: boolean }
export interface UserAdded { user: UserView; generatedPassword: string | null }

export interface DesktopCard { pool: string; displayName: string; image: string; available: number; session: SessionView | null }
export interface SessionView { id: string; pool: string; machine: string; user: string; startedAt: string; connected: boolean }
export interface DisplayTicket { ticket: string; expiresInSeconds: number }

export type EventLevel = 'info' | 'warning' | 'error';
export interface EventView {
  id: number; at: string; level: EventLevel; kind: string; message: string;
  actor: string | null; pool: string | null; machine: string | null;
}

export interface DoctorCheck { name: string; level: 'ok' | 'warning' | 'error'; message: string; remedy: string | null }
export interface DoctorReport {
  qemu: string | null; accelerator: string; acceleratorReason: string; isolated: boolean; checks: DoctorCheck[];
}

export interface WarmImageView {
  publishedAt: string; memoryBytes: number; cpus: number; stateBytes: number; ramBytesStored: number;
  accelerator: string; bootSeconds: number; freezeSeconds: number;
}
export interface ImageVersionView {
  version: string; source: string; createdAt: string; diskBytes: number; warm: WarmImageView | null;
}
export interface ImageView { name: string; versions: ImageVersionView[] }
export interface BuildImageRequest { recipe: string }
export interface ImportImageRequest { name: string; path: string; memoryMib: number; cpus: number }
export interface PublishImageRequest { version: string | null }

export interface OperationStep { name: string; seconds: number }
export interface OperationView {
  id: string; kind: string; target: string; state: 'running' | 'succeeded' | 'failed'; step: string; percent: number;
  startedAt: string; finishedAt: string | null; steps: OperationStep[]; fault: Fault | null; result: string | null;
}

export type MachineState =
  | 'Provisioning' | 'Customizing' | 'Available' | 'Connected' | 'Disconnected' | 'AlreadyUsed' | 'Deleting' | 'ProvisioningError';
export interface ForkTimeline { shellReady: boolean; runningMs: number; readyMs: number }
export interface MachineView {
  name: string; id: string; pool: string; state: MachineState; image: string; version: string; user: string | null;
  address: string | null; mac: string | null; processId: number | null; createdAt: string;
  timeline: ForkTimeline | null; fault: Fault | null;
}

export interface PoolView {
  name: string; displayName: string; image: string; version: string; spare: number; maximum: number; namePattern: string;
  postSync: string[]; postSyncTimeoutSeconds: number; available: number; inUse: number; total: number; problem: Fault | null;
}
export interface CreatePoolRequest {
  name: string; displayName?: string; image: string; version?: string; spare: number; maximum: number; namePattern?: string;
  postSync?: string[]; postSyncTimeoutSeconds?: number;
}
export interface EntitlementView { pool: string; user: string }
