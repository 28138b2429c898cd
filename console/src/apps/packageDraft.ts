import type { BeginCaptureRequest, ImportPackageRequest } from '../api/types';
import { isVersion } from './words';

export type PackageWay = 'hand' | 'packages' | 'files' | 'script' | 'import';

/** What the wizard of a new package holds; lists are texts with one item a line. */
export interface PackageDraft {
  version: string; way: PackageWay; image: string; imageVersion: string; base: string; packages: string; files: string; script: string; path: string; sizeMib: number; allowPrivileged: boolean;
}

export const emptyPackage: PackageDraft = {
  version: '', way: 'hand', image: '', imageVersion: '', base: '', packages: '', files: '', script: '', path: '', sizeMib: 4096, allowPrivileged: false,
};

export const ways: readonly (readonly [way: PackageWay, label: string, description: string])[] = [
  ['hand', 'By hand, in the browser', 'A desktop opens. Install what you like on it, then finish.'],
  ['packages', 'Debian packages, by name', 'They are installed with all they need, as apt does.'],
  ['files', '.deb files on the server', 'They are installed with all they need.'],
  ['script', 'A script', 'It runs as root. What it writes below /usr, /opt and /etc becomes the package.'],
  ['import', 'A file on the server', 'A squashfs or tar archive with usr/, opt/ and etc/ that was made elsewhere.'],
];

export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Why the version can not be as it is, or null. */
export function lackOfVersion(version: string, taken: readonly string[]): string | null {
  if (version === '') return 'Give the package a version.';
  if (!isVersion(version)) return 'The version may have 1 to 63 letters, digits, \'.\', \'-\', \'+\' and \'~\'.';
  return taken.includes(version) ? `There is a version ${version} already. Give this one another.` : null;
}

/** Why there is nothing to make a package of yet, or null. */
export function lackOfContent({ way, packages, files, script, path, image }: PackageDraft): string | null {
  if (way === 'import') return path.startsWith('/') ? null : 'Give the whole path of the file on the server, from the first slash on.';
  if (image === '') return 'Choose a published image.';
  if (way === 'packages') return linesOf(packages).length === 0 ? 'Name at least one Debian package.' : null;
  if (way === 'files') return linesOf(files).length > 0 && linesOf(files).every((file) => file.startsWith('/') && file.endsWith('.deb')) ? null : 'Name .deb files by their whole paths on the server, one a line.';
  return way === 'script' && script.trim() === '' ? 'Write the script.' : null;
}

export function toCapture(app: string, draft: PackageDraft): BeginCaptureRequest {
  const { way, version, image, imageVersion, base, sizeMib, allowPrivileged } = draft;
  return {
    app, version, image, imageVersion: imageVersion === '' ? null : imageVersion, base: base === '' ? null : base, sizeMib, allowPrivileged,
    packages: way === 'packages' ? linesOf(draft.packages) : [], files: way === 'files' ? linesOf(draft.files) : [], script: way === 'script' ? draft.script : null,
  };
}

export const toImport = ({ version, path, allowPrivileged }: PackageDraft): ImportPackageRequest => ({ version, path, allowPrivileged });
