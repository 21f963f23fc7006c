// SPDX-License-Identifier: Apache-2.0
#pragma once
// Brings a shop's files into the store: products, rules, settings, codes, images. Everything is
// checked first and written in one commit, or nothing is. Importing again changes only what
// differs, by handle, SKU and code, and removes nothing unless asked. Quantities enter as counts
// through the ledger, with their cause; histories of prices are only added to; each change leaves a
// row in the audit.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/catalog_docs.hpp"
#include "import/products.hpp"
#include "store/store.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem::app {

/// The files to import; an empty path leaves that part of the shop as it is.
struct ShopFiles {
  std::string products;
  std::string rules;
  std::string settings;
  std::string coupons;
  std::string images;  // a folder
  bool skip_bad = false;  // the sound rows although others are bad
  /// Products, variants and codes that the files do not name are removed. A row that was refused
  /// may name one of them: then nothing is written, whatever skip_bad says.
  bool remove_missing = false;
  bool keep_stock = false;  // quantities count for variants that are new, and for no others
};

/// The files of a folder like examples/shop, as far as they exist.
[[nodiscard]] ShopFiles files_of_folder(const std::string& folder);

/// What an import did to rows of a kind.
struct Tally {
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  std::size_t removed = 0;
};

struct ImportReport {
  std::vector<std::string> problems;  // what is wrong, by file, line and column
  std::vector<std::string> notes;
  std::size_t refused = 0;  // problems of the products' rows, those not listed included
  Tally products;
  Tally offers;
  Tally images;
  Tally coupons;
  std::size_t counted = 0;  // stock whose quantity differs
  bool rules = false;  // published, because it differs
  bool settings = false;
  bool written = false;
};

/// Called as the work goes on: what is being done, how much of how many; 0: not known.
using Progress = std::function<void(std::string_view what, std::size_t done, std::size_t of)>;

[[nodiscard]] ImportReport import_shop(store::Store& store, const ShopFiles& files,
                                       const Progress& progress);

/// What products of an export are to become in the store.
struct WantedOffer {
  OfferDoc doc;
  std::uint32_t line = 0;
  std::int64_t quantity = 0;
};
struct WantedProduct {
  std::string handle;
  std::string bytes;
  std::string search;
  std::vector<WantedOffer> offers;
};

/// Gives an offer what the columns of our own say. Refuses what decoding of `custom.offer` refuses,
/// then as check_offer.
[[nodiscard]] Result<void> apply_terms(const intake::Terms& terms, Offer& offer);

/// Translates a product of an export; a tax class the rules do not hold is a problem.
[[nodiscard]] WantedProduct to_product(const intake::Product& product, const Rules& rules,
                                       ImportReport& report);

}  // namespace tandem::app
