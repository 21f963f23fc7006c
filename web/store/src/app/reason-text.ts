// SPDX-License-Identifier: Apache-2.0
// A refusal of the core as a sentence for people, with its subject and its limit.
import type { Rejection } from 'tandem-checkout';
import { localized, moneyText, reasonMessage, textOf, type Values } from './language.ts';
import { shop } from './shop.ts';

/// The values of a refusal's sentence: the subject by its name, the limit as number and as money.
function valuesOf(rejection: Pick<Rejection, 'subject' | 'limit'>): Values {
  const { subject, limit } = rejection;
  const methods = [...shop.state.shippingOptions, ...shop.state.paymentOptions];
  const method = methods.find((option) => option.method === subject);
  return {
    product: shop.nameOf(subject.split('#', 1)[0] ?? subject),
    code: subject,
    method: method ? localized(method.label) : subject,
    subject,
    n: limit ?? 0,
    amount: moneyText(limit ?? 0, shop.currency),
  };
}

export function reasonText(
  rejection: Pick<Rejection, 'subject' | 'limit'> & { readonly reason: string },
): string {
  const message = reasonMessage(rejection.reason) ?? reasonMessage('internal') ?? '';
  return textOf(message, valuesOf(rejection));
}
