const ids = /\/\d{15,}/g;
const version = /^https?:\/\/[^/]+(?:\/.*?)?\/v\d+(?=\/)/;

/** `POST /channels/:id/messages`: few enough to count by. */
export function kindOf(url: string, method: string): string {
  const [path = ''] = url.replace(version, '').split('?');
  return `${method} ${path.replace(ids, '/:id').replace(/(\/(?:interactions|webhooks)\/:id)\/[^/]+/, '$1/:token')}`;
}
