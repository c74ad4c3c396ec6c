/** Which figure the address names: /f/ID to look at, with #TOKEN to edit. */

export interface Place {
  id: string;
  token: string | null;
}

const NAME = /^[\w-]{22}$/;

export function readPlace(location: Pick<Location, "pathname" | "hash">): Place | null {
  const id = /^\/f\/([\w-]+)\/?$/.exec(location.pathname)?.[1];
  if (id === undefined || !NAME.test(id)) return null;
  const token = location.hash.slice(1);
  return { id, token: NAME.test(token) ? token : null };
}

export const pathOf = (place: Place): string =>
  `/f/${place.id}${place.token === null ? "" : `#${place.token}`}`;
