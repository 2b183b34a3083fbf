/**
 * The element of the page with this id.
 *
 * @param kind its class, checked, so that a page and its script that have grown apart fail at once.
 */
export const elementById = <Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind => {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} with id "${id}".`);
  return element;
};
