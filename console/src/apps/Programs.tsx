import { CubeIcon } from '@patternfly/react-icons';
import type { PackageProgram } from '../api/types';
import { iconAddress } from './apps';
import './apps.css';

interface Props { app: string; version: string; programs: readonly PackageProgram[] }

/** The programs of a package as its users find them in the menu. */
export function Programs({ app, version, programs }: Props) {
  if (programs.length === 0) return <span className="mayfly-subtle">none in the menu</span>;
  return (
    <ul className="mayfly-programs" aria-label={`Programs of version ${version}`}>
      {programs.map(({ id, name, comment, hasIcon }) => (
        <li key={id} {...(comment === null ? {} : { title: comment })}>
          {hasIcon ? <img src={iconAddress(app, version, id)} alt="" width="24" height="24" loading="lazy" /> : <CubeIcon aria-hidden="true" />}
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}
