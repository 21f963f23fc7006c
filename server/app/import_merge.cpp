// SPDX-License-Identifier: Apache-2.0
#include "app/import_merge.hpp"

#include <algorithm>
#include <utility>

#include "app/facts.hpp"
#include "app/price_history.hpp"
#include "app/product_document.hpp"
#include "app/services.hpp"
#include "store/text_fold.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

constexpr std::size_t kPart = 500;

bool same_row(const store::Offer& a, const store::Offer& b) {
  return a.handle == b.handle && a.position == b.position && a.bytes == b.bytes;
}

void into_order(std::vector<store::Offer>& offers) {
  std::ranges::sort(offers, {}, [](const store::Offer& o) { return std::tie(o.position, o.sku); });
}

}  // namespace

ProductMerge::ProductMerge(store::Reads& reads, const ShopFiles& files, const Rules& rules,
                           std::span<const intake::Product> all, ImportPlan& plan,
                           ImportReport& report)
    : reads_(reads), files_(files), rules_(rules), all_(all), plan_(plan), report_(report) {
  for (const intake::Product& product : all_) {
    handles_.insert(product.handle);
    for (const intake::Variant& variant : product.variants) {
      handle_of_.emplace(variant.sku, product.handle);
    }
  }
}

Result<void> ProductMerge::run(const Progress& progress) {
  if (auto ok = begin(); !ok) return ok;
  for (std::size_t at = 0; at < all_.size(); at += kPart) {
    if (auto ok = merge(all_.subspan(at, std::min(kPart, all_.size() - at))); !ok) return ok;
    progress("comparing products", std::min(at + kPart, all_.size()), all_.size());
  }
  if (auto ok = leave_former_products(); !ok) return ok;
  return files_.remove_missing ? remove_missing() : Result<void>();
}

/// New products come behind all that are there.
Result<void> ProductMerge::begin() {
  const auto now_ms = or_refusal(reads_.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  now_ms_ = *now_ms;
  const auto last = or_refusal(reads_.last_position());
  if (!last) return std::unexpected(last.error());
  last_position_ = *last;
  return {};
}

Result<ProductMerge::Known> ProductMerge::look_up(std::span<const WantedProduct> some) {
  Known known;
  std::vector<std::string> handles;
  std::vector<std::string> skus;
  std::vector<store::LedgerKey> keys;
  for (const WantedProduct& product : some) {
    handles.push_back(product.handle);
    for (const WantedOffer& offer : product.offers) {
      skus.push_back(offer.doc.offer.sku.value);
      if (is_counted(offer.doc.offer)) keys.push_back(stock_key(skus.back()));
    }
  }
  auto products = or_refusal(reads_.products_named(handles));
  if (!products) return std::unexpected(products.error());
  for (auto& product : *products) {
    std::string handle = product.product.handle;
    known.products.emplace(std::move(handle), std::move(product));
  }
  auto offers = or_refusal(reads_.offers(skus));
  if (!offers) return std::unexpected(offers.error());
  for (store::Offer& offer : *offers) known.offers.emplace(offer.sku, std::move(offer));
  auto stock = or_refusal(reads_.ledger(keys));
  if (!stock) return std::unexpected(stock.error());
  for (store::LedgerRow& row : *stock) {
    std::string sku = row.key.key;
    known.stock.emplace(std::move(sku), std::move(row));
  }
  return known;
}

Result<void> ProductMerge::merge(std::span<const intake::Product> some) {
  std::vector<WantedProduct> wanted;
  for (const intake::Product& product : some) {
    wanted.push_back(to_product(product, rules_, report_));
  }
  const auto known = look_up(wanted);
  if (!known) return std::unexpected(known.error());
  for (WantedProduct& product : wanted) merge_product(product, *known);
  return {};
}

void ProductMerge::merge_product(WantedProduct& wanted, const Known& known) {
  const auto found = known.products.find(wanted.handle);
  const store::ProductWithOffers* before = found == known.products.end() ? nullptr : &found->second;
  store::ProductWithOffers after;
  after.product = {.handle = wanted.handle,
                   .position = before ? before->product.position : ++last_position_,
                   .bytes = std::move(wanted.bytes),
                   .search = std::move(wanted.search)};
  const std::size_t rows = plan_.writes.offers.size();
  std::int64_t position = 0;
  for (WantedOffer& offer : wanted.offers) {
    after.offers.push_back(merge_offer(offer, wanted.handle, ++position, known));
  }
  if (before != nullptr) keep_others(*before, after);
  into_order(after.offers);
  const bool differs_itself = before == nullptr || before->product.bytes != after.product.bytes ||
                              before->product.search != store::fold_search(after.product.search);
  if (differs_itself) plan_.writes.products.push_back(after.product);
  const bool differs = differs_itself || plan_.writes.offers.size() != rows ||
                       before->offers.size() != after.offers.size();
  if (!differs) {
    ++report_.products.unchanged;
    return;
  }
  ++(before ? report_.products.changed : report_.products.added);
  note(wanted.handle, before, &after);
}

store::Offer ProductMerge::merge_offer(WantedOffer& wanted, const std::string& handle,
                                       std::int64_t position, const Known& known) {
  const std::string& sku = wanted.doc.offer.sku.value;
  store::Offer offer{.sku = sku, .handle = handle, .position = position, .bytes = {}};
  const auto found = known.offers.find(sku);
  const store::Offer* before = found == known.offers.end() ? nullptr : &found->second;
  offer.bytes = canonical(wanted.doc);
  if (before != nullptr && before->bytes != offer.bytes) {
    // Only with the history that it has does it show whether anything differs.
    if (const auto stored = wire::decode<OfferDoc>(before->bytes)) {
      if (!carry_history(stored->offer, wanted.doc.offer, now_ms_)) {
        report_.notes.push_back("line " + std::to_string(wanted.line) +
                                ": the shop's own price history stays; points of the file that "
                                "are not in it and not later were left out");
      }
      offer.bytes = canonical(wanted.doc);
    }
  }
  merge_stock(wanted, before == nullptr, known);
  if (before != nullptr && same_row(*before, offer)) {
    ++report_.offers.unchanged;
    return offer;
  }
  ++(before ? report_.offers.changed : report_.offers.added);
  if (before != nullptr && before->handle != handle) moved_from_[before->handle].insert(sku);
  plan_.writes.offers.push_back(offer);
  return offer;
}

void ProductMerge::merge_stock(const WantedOffer& wanted, bool is_new, const Known& known) {
  if (!is_counted(wanted.doc.offer)) return;
  const std::string& sku = wanted.doc.offer.sku.value;
  const store::LedgerRow& row = known.stock.at(sku);
  const std::int64_t backorder_max = backorder_max_of(wanted.doc.offer);
  if (!row.exists || row.backorder_max != backorder_max) {
    plan_.policies.push_back({.sku = sku, .backorder_max = backorder_max});
  }
  const bool counts = !row.exists || !files_.keep_stock;
  if (!counts || row.figures.on_hand == wanted.quantity) return;
  plan_.counts.push_back(
      {.sku = sku, .quantity = wanted.quantity, .is_new = is_new && !row.exists});
  ++report_.counted;
}

void ProductMerge::keep_others(const store::ProductWithOffers& stored,
                               store::ProductWithOffers& after) {
  for (const store::Offer& offer : stored.offers) {
    if (std::ranges::find(after.offers, offer.sku, &store::Offer::sku) != after.offers.end()) {
      continue;
    }
    const auto named = handle_of_.find(offer.sku);
    if (named != handle_of_.end() && named->second != after.product.handle) continue;
    if (files_.remove_missing) {
      plan_.writes.offers_removed.push_back(offer.sku);
      ++report_.offers.removed;
    } else {
      after.offers.push_back(offer);
      after.product.search += '\n' + offer.sku;
    }
  }
}

/// Products that the file does not name but whose variants it gives to others.
Result<void> ProductMerge::leave_former_products() {
  for (const auto& [handle, skus] : moved_from_) {
    if (handles_.contains(handle) || files_.remove_missing) continue;
    const auto before = or_refusal(reads_.product(handle));
    if (!before) return std::unexpected(before.error());
    if (!*before) continue;
    store::ProductWithOffers after = **before;
    std::erase_if(after.offers, [&](const store::Offer& o) { return skus.contains(o.sku); });
    ++report_.products.changed;
    note(handle, &**before, &after);
  }
  return {};
}

Result<void> ProductMerge::remove_missing() {
  std::string after;
  do {
    const auto page = or_refusal(
        reads_.products({.after = after, .count_max = static_cast<std::int64_t>(kPart)}));
    if (!page) return std::unexpected(page.error());
    for (const store::ProductWithOffers& product : page->products) {
      const std::string& handle = product.product.handle;
      if (handles_.contains(handle)) continue;
      plan_.writes.products_removed.push_back(handle);
      ++report_.products.removed;
      report_.offers.removed += static_cast<std::size_t>(std::ranges::count_if(
          product.offers, [&](const store::Offer& o) { return !handle_of_.contains(o.sku); }));
      note(handle, &product, nullptr);
    }
    after = page->next;
  } while (!after.empty());
  return {};
}

void ProductMerge::note(const std::string& handle, const store::ProductWithOffers* before,
                        const store::ProductWithOffers* after) {
  store::AuditRow row{.actor = kImporter, .what = "product", .subject = handle};
  if (before != nullptr) row.before = digest_of(*before);
  if (after != nullptr) row.after = digest_of(*after);
  plan_.writes.audit.push_back(std::move(row));
}

}  // namespace tandem::app
