import { MienError } from '@mien/contract';
import type { Architecture } from './architecture.ts';
import { documentArchitecture } from './document.ts';
import { expressionArchitecture } from './expression.ts';
import { residualArchitecture } from './residual.ts';

/** Every architecture by its name. To add one, write its file and a line here. */
export const architectures: Readonly<Record<string, Architecture>> = {
  document: documentArchitecture,
  residual: residualArchitecture,
  expression: expressionArchitecture,
};

/** An architecture that does not exist. */
export class UnknownArchitectureError extends MienError {
  override readonly name = 'UnknownArchitectureError';
  constructor(readonly architecture: string) {
    super(
      `There is no architecture "${architecture}". Choose one of: ${Object.keys(architectures).join(', ')}.`,
    );
  }
}

/** Looks an architecture up by its name. @throws {UnknownArchitectureError} when there is none. */
export const getArchitecture = (name: string): Architecture => {
  const found = Object.hasOwn(architectures, name) ? architectures[name] : undefined;
  if (found === undefined) throw new UnknownArchitectureError(name);
  return found;
};
