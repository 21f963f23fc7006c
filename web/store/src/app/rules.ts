// SPDX-License-Identifier: Apache-2.0
// The few things of the published rules that the page itself shows: names of promotions, the
// countries it can deliver to, the terms in force. Everything else of them is the core's.

export interface PublicRules {
  readonly currency: string;
  readonly home: { readonly country: string };
  readonly policies?: {
    readonly account?: 'optional' | 'guest' | 'required';
    readonly return_days?: number;
    readonly terms_version?: string | null;
  };
  readonly prices_include_tax: boolean;
  readonly promotions?: readonly { id: string; label?: Readonly<Record<string, string>> }[];
  readonly shipping_methods?: readonly {
    id: string;
    label?: Readonly<Record<string, string>>;
    zones?: readonly string[];
  }[];
  readonly zones?: readonly { id: string; countries?: readonly string[] }[];
}

export async function fetchRules(): Promise<PublicRules> {
  const answer = await fetch('/v1/rules');
  if (!answer.ok) throw new Error(`The rules are not there: ${answer.status}`);
  const body = (await answer.json()) as { rules: PublicRules };
  return body.rules;
}

/// Countries that some shipping method reaches.
export function deliveryCountries(rules: PublicRules): string[] {
  const reached = new Set((rules.shipping_methods ?? []).flatMap((method) => method.zones ?? []));
  const zones = (rules.zones ?? []).filter((zone) => reached.has(zone.id));
  const codes = zones.flatMap((zone) => zone.countries ?? []);
  return [...new Set([rules.home.country, ...codes])];
}
