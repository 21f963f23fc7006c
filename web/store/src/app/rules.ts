// SPDX-License-Identifier: Apache-2.0
// What the page itself reads in the published rules. Everything else of them is the core's.
import type { Rules } from 'tandem-checkout';

export function homeCountry(rules: Rules): string {
  return rules.home?.country ?? '';
}

/// Countries that some shipping method reaches.
export function deliveryCountries(rules: Rules): string[] {
  const reached = new Set((rules.shipping_methods ?? []).flatMap((method) => method.zones ?? []));
  const zones = (rules.zones ?? []).filter((zone) => reached.has(zone.id));
  const codes = zones.flatMap((zone) => zone.countries ?? []);
  return [...new Set([homeCountry(rules), ...codes])];
}
