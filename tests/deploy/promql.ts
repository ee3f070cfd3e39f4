import { parser } from '@prometheus-io/lezer-promql';

/** What one selector of a query asks for. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly value: string }[];
}

export interface ReadQuery {
  readonly selectors: readonly Selector[];
  /** Labels by which it groups. */
  readonly groupings: readonly string[];
}

/** Reads a query by Prometheus' own grammar. @throws Error where it is none */
export function readQuery(text: string): ReadQuery {
  // Grafana puts its own values in before Prometheus sees them.
  const query = text.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'interview-drills');
  const selectors: { metric: string; matchers: { label: string; value: string }[] }[] = [];
  const groupings: string[] = [];
  parser.parse(query).iterate({
    enter(node) {
      const words = query.slice(node.from, node.to);
      if (node.type.isError) throw new Error(`Not PromQL at ${node.from}: ${query}`);
      if (node.name === 'VectorSelector') selectors.push({ metric: '', matchers: [] });
      const selector = selectors.at(-1);
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector' && selector)
        selector.metric = words;
      if (node.name === 'UnquotedLabelMatcher') {
        const [, label = '', value = ''] = /^(\w+)\s*!?=\s*"(.*)"$/.exec(words) ?? [];
        selector?.matchers.push({ label, value });
      }
      if (node.name === 'LabelName' && node.node.parent?.name === 'GroupingLabels') groupings.push(words);
    },
  });
  return { selectors, groupings };
}
