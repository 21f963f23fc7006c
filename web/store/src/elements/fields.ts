// SPDX-License-Identifier: Apache-2.0
// The fields of contact and address: native controls with labels, hints, autofill tokens and the
// fault beneath. `aria-required` rather than `required`: an empty field is not wrong on arrival.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { countryOf, type AddressField } from '../address/countries.ts';
import { regions } from '../address/regions.ts';
import type { Fault } from '../address/faults.ts';
import { form, type FieldId, type Group } from '../app/checkout-form.ts';
import { icon } from '../app/icons.ts';
import { countryName, language, text, textIfAny, type Values } from '../app/language.ts';

interface Control {
  readonly id: FieldId;
  readonly label: string;
  readonly autocomplete: string;
  readonly optional?: boolean;
  readonly hint?: string;
  readonly type?: string;
  readonly latin?: boolean;
  readonly inputmode?: string;
  readonly autocapitalize?: string;
  readonly width?: string;
}

/// What the fields tell their form.
export interface FieldEvents {
  readonly typed: (id: FieldId, value: string) => void;
  readonly left: (id: FieldId) => void;
}

const tokens: Readonly<Record<AddressField | 'country', string>> = {
  country: 'country',
  name: 'name',
  line1: 'address-line1',
  line2: 'address-line2',
  organization: 'organization',
  note: 'off',
  neighborhood: 'address-level3',
  city: 'address-level2',
  region: 'address-level1',
  postcode: 'postal-code',
  phone: 'tel',
};

function tokenOf(group: Group, field: AddressField | 'country'): string {
  const token = tokens[field];
  return token === 'off' ? token : `${group === 'ship' ? 'shipping' : 'billing'} ${token}`;
}

export function labelOf(id: FieldId): string {
  if (id === 'email') return text('field.email');
  const group: Group = id.startsWith('ship-') ? 'ship' : 'bill';
  const field = id.slice(5);
  return textIfAny(`field.${field}_${form.country(group)}`) ?? textIfAny(`field.${field}`) ?? field;
}

export function faultText(id: FieldId, fault: Fault): string {
  const values: Record<string, string | number> = { ...fault.values };
  if (fault.key === 'fault.region') {
    const label = labelOf(id);
    values.region = language() === 'en' ? label.toLowerCase() : label;
  }
  if (fault.key === 'fault.country') values.place = countryName(String(values.place ?? ''));
  return text(fault.key, values satisfies Values);
}

function describedBy(control: Control, fault: Fault | undefined): string | typeof nothing {
  const ids = [control.hint ? `${control.id}-hint` : '', fault ? `${control.id}-fault` : ''];
  return ids.filter((id) => id !== '').join(' ') || nothing;
}

function frame(control: Control, fault: Fault | undefined, input: TemplateResult): TemplateResult {
  return html`<div class="field ${control.width ?? ''}">
    <label for=${control.id}>
      ${control.label}
      ${
        control.optional
          ? html`<span class="optional">${text('checkout.optional')}</span>`
          : nothing
      }
    </label>
    ${control.hint ? html`<p class="hint" id="${control.id}-hint">${control.hint}</p>` : nothing}
    ${input}
    ${
      fault
        ? html`<p class="fault" id="${control.id}-fault">
            ${icon('warn')}<span>${faultText(control.id, fault)}</span>
          </p>`
        : nothing
    }
  </div>`;
}

function inputField(control: Control, events: FieldEvents): TemplateResult {
  const fault = form.shownFault(control.id);
  return frame(
    control,
    fault,
    html`<input
      id=${control.id}
      name=${control.id}
      class="input"
      type=${control.type ?? 'text'}
      autocomplete=${control.autocomplete}
      autocapitalize=${control.autocapitalize ?? nothing}
      inputmode=${control.inputmode ?? nothing}
      spellcheck=${control.latin ? 'false' : nothing}
      dir=${control.latin ? 'ltr' : 'auto'}
      aria-required=${control.optional ? nothing : 'true'}
      aria-invalid=${fault ? 'true' : nothing}
      aria-describedby=${describedBy(control, fault)}
      .value=${live(form.value(control.id))}
      @input=${(event: Event) => {
        events.typed(control.id, (event.target as HTMLInputElement).value);
      }}
      @change=${() => {
        events.left(control.id);
      }}
      @blur=${() => {
        events.left(control.id);
      }}
    />`,
  );
}

function selectField(
  control: Control,
  options: readonly (readonly [value: string, label: string])[],
  events: FieldEvents,
): TemplateResult {
  const fault = form.shownFault(control.id);
  const value = form.value(control.id);
  return frame(
    control,
    fault,
    html`<select
      id=${control.id}
      name=${control.id}
      class="input"
      autocomplete=${control.autocomplete}
      aria-required="true"
      aria-invalid=${fault ? 'true' : nothing}
      aria-describedby=${describedBy(control, fault)}
      .value=${live(value)}
      @change=${(event: Event) => {
        events.typed(control.id, (event.target as HTMLSelectElement).value);
        events.left(control.id);
      }}
    >
      ${
        options.some(([code]) => code === value)
          ? nothing
          : html`<option value="" selected>${text('field.choose')}</option>`
      }
      ${options.map(
        ([code, label]) =>
          html`<option value=${code} ?selected=${code === value}>${label}</option>`,
      )}
    </select>`,
  );
}

export function emailField(events: FieldEvents): TemplateResult {
  return inputField(
    {
      id: 'email',
      label: labelOf('email'),
      autocomplete: 'email',
      type: 'email',
      latin: true,
      autocapitalize: 'off',
    },
    events,
  );
}

export function countryField(
  group: Group,
  codes: readonly string[],
  events: FieldEvents,
): TemplateResult {
  const options = codes
    .map((code) => [code, countryName(code)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, language()));
  const id: FieldId = `${group}-country`;
  return selectField(
    { id, label: labelOf(id), autocomplete: tokenOf(group, 'country') },
    options,
    events,
  );
}

export function addressField(
  group: Group,
  field: AddressField,
  width: string,
  events: FieldEvents,
): TemplateResult {
  const country = form.country(group);
  const id: FieldId = `${group}-${field}`;
  const control: Control = {
    id,
    label: labelOf(id),
    autocomplete: tokenOf(group, field),
    optional: form.isOptional(group, field),
    width,
    ...details(country, field),
  };
  const known = field === 'region' ? regions[country] : undefined;
  if (!known) return inputField(control, events);
  const options = known.map(
    ([code, en, fa]) => [code, language() === 'fa' ? (fa ?? en) : en] as const,
  );
  return selectField(control, options, events);
}

function details(country: string, field: AddressField): Partial<Control> {
  if (field === 'phone') {
    return { type: 'tel', latin: true, hint: text('field.phone_hint') };
  }
  if (field === 'postcode') {
    const isNumeric = countryOf(country).postcode?.digits !== undefined;
    return {
      latin: true,
      autocapitalize: 'characters',
      ...(isNumeric ? { inputmode: 'numeric' } : {}),
    };
  }
  return field === 'name' ? { autocapitalize: 'words' } : {};
}
