// SPDX-License-Identifier: Apache-2.0
#pragma once
// Taxes, where they apply, and which goods they apply to. A tax class names, per zone, the taxes of
// the goods in it, in the order in which they compound; "*" stands for every other place.
//
//   TaxClass{.id = {"standard"}, .is_default = true, .taxes = {{"home", {{"vat19"}}}, {"*", {}}}}

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/money/exact.hpp"

namespace tandem {

TANDEM_ENUM(TaxKind, percent, fixed, division)

/// The earlier taxes that a tax is also charged on: none, all, or those listed.
/// On the wire `false`, `true` or a list.
struct Compound {
  using value_type = TaxId;
  bool on_all = false;
  std::vector<TaxId> on;

  friend bool operator==(const Compound&, const Compound&) = default;
};

namespace detail {
template <>
inline constexpr bool kIsSwitchOrList<Compound> = true;
}  // namespace detail

struct Tax {
  std::optional<Exact> amount_exact;  // of a fixed tax, per unit
  std::string category;  // of EN 16931: S, Z, E, AE, K, G, O …
  Compound compound;
  std::optional<std::int64_t> ends_ms;
  TaxId id;
  std::optional<bool> included;  // null: as the shop's prices
  TaxKind kind = TaxKind::percent;
  std::int64_t ppm = 0;
  std::optional<std::int64_t> starts_ms;

  friend bool operator==(const Tax&, const Tax&) = default;
};

/// A part of the world. The first zone, in listed order, that holds a destination is its zone.
/// An empty list does not restrict. A postcode is a prefix ("10"), a pattern with a star ("BT*"),
/// or a range ("10000-14199").
struct Zone {
  std::vector<std::string> countries;
  ZoneId id;
  std::vector<std::string> postcodes;
  std::vector<std::string> regions;
  std::optional<std::vector<TaxId>> reverse_charge;  // instead, for a valid VAT number

  friend bool operator==(const Zone&, const Zone&) = default;
};

struct TaxClass {
  TaxClassId id;
  bool is_default = false;
  std::map<std::string, std::vector<TaxId>> taxes;  // by zone id, or "*"

  friend bool operator==(const TaxClass&, const TaxClass&) = default;
};

template <>
struct Fields<Tax> {
  static constexpr std::array list{
      sparse<&Tax::amount_exact>("amount_exact"),
      optional<&Tax::category>("category"),
      optional<&Tax::compound>("compound"),
      sparse<&Tax::ends_ms>("ends_ms"),
      required<&Tax::id>("id"),
      optional<&Tax::included>("included"),
      optional<&Tax::kind>("kind"),
      optional<&Tax::ppm>("ppm"),
      sparse<&Tax::starts_ms>("starts_ms"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Tax> = "tax";

template <>
struct Fields<Zone> {
  static constexpr std::array list{
      optional<&Zone::countries>("countries"),         required<&Zone::id>("id"),
      optional<&Zone::postcodes>("postcodes"),         optional<&Zone::regions>("regions"),
      sparse<&Zone::reverse_charge>("reverse_charge"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Zone> = "zone";

template <>
struct Fields<TaxClass> {
  static constexpr std::array list{
      optional<&TaxClass::is_default>("default"),
      required<&TaxClass::id>("id"),
      optional<&TaxClass::taxes>("taxes"),
  };
};
template <>
inline constexpr std::string_view kTypeName<TaxClass> = "tax_class";

}  // namespace tandem
