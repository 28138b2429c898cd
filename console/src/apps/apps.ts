import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { fetchAll } from '../api/fetchAll';
import { apiBase, call, segment } from '../api/http';
import { polled } from '../api/live';
import type { AppAssignmentView, AppView, AssignAppRequest, ChangeAppRequest, CreateAppRequest, ImportPackageRequest, OperationView, PackageStage, PackageView } from '../api/types';
import { operationsKey } from '../images/operations';

const appsKey = ['apps'];

export const appPath = (app: string, rest = ''): string => `/apps/${segment(app)}${rest}`;
export const packagePath = (app: string, version: string, rest = ''): string => appPath(app, `/packages/${segment(version)}${rest}`);
export const iconAddress = (app: string, version: string, program: string): string => apiBase + packagePath(app, version, `/programs/${segment(program)}/icon`);

/** Where the console has an application's page. */
export const appPage = (app: string): string => `/apps/${segment(app)}`;

export const useApps = () => useQuery({ queryKey: appsKey, queryFn: ({ signal }) => fetchAll<AppView>('/apps?limit=1000', signal), refetchInterval: polled(5_000) });

export const useApp = (app: string) => useQuery({ queryKey: [...appsKey, app], queryFn: ({ signal }) => call<AppView>('GET', appPath(app), { signal }), refetchInterval: polled(3_000) });

/** Changes something of applications; all that is shown of them is read again then. */
function useChange<T, R>(change: (request: T) => Promise<R>): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: appsKey }) });
}

export const useCreateApp = () => useChange((body: CreateAppRequest) => call<AppView>('POST', '/apps', { body }));

export const useChangeApp = (app: string) => useChange((body: ChangeAppRequest) => call<AppView>('PATCH', appPath(app), { body }));

export const useSetCurrent = (app: string) => useChange((version: string | null) => call<AppView>('PUT', appPath(app, '/current'), { body: { version } }));

export const useAssign = (app: string) => useChange((body: AssignAppRequest) => call<AppAssignmentView>('POST', appPath(app, '/assignments'), { body }));

/** Begins to make a package of a file; its progress then shows among the operations. */
export function useImportPackage(): UseMutationResult<OperationView, Error, ImportPackageRequest & { app: string }> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ app, ...body }: ImportPackageRequest & { app: string }) => call<OperationView>('POST', appPath(app, '/packages'), { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: operationsKey }),
  });
}

/** What can be done to one thing or, in a dialog, to many. */
export const appCalls = {
  remove: (app: string) => call('DELETE', appPath(app)),
  removePackage: (app: string, version: string) => call('DELETE', packagePath(app, version)),
  setStage: (app: string, version: string, stage: PackageStage) => call<PackageView>('PUT', packagePath(app, version, '/stage'), { body: { stage } }),
  unassign: (app: string, id: string) => call('DELETE', appPath(app, `/assignments/${segment(id)}`)),
};
