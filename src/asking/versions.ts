const products: Readonly<Record<string, string>> = {
  django: 'Django',
  drf: 'DRF',
  python: 'Python',
  postgresql: 'PostgreSQL',
};

/** For which releases a question holds, in words: `Django 6.0 and newer`; undefined where for all. */
export function versionsText(versions: Readonly<Record<string, string>> = {}): string | undefined {
  const parts = Object.entries(versions).map(
    ([name, range]) => `${products[name] ?? name} ${range.split(',').map(inWords).join(', ')}`,
  );
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function inWords(part: string): string {
  const [, operator = '', version = ''] = /^\s*([<>=]+)(.*)$/.exec(part) ?? [];
  switch (operator) {
    case '>=':
      return `${version} and newer`;
    case '<=':
      return `up to ${version}`;
    case '<':
      return `before ${version}`;
    case '>':
      return `after ${version}`;
    default:
      return version;
  }
}
