// SPDX-License-Identifier: Apache-2.0
#include "app/import_shop.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "app/facts.hpp"
#include "app/import_job.hpp"
#include "app/import_merge.hpp"
#include "app/references.hpp"
#include "commit/committer.hpp"
#include "http/static_files.hpp"
#include "import/woocommerce.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct CouponRow {
  std::string code;
  PromotionId promotion;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::CouponRow> {
  static constexpr std::array list{required<&app::CouponRow::code>("code"),
                                   required<&app::CouponRow::promotion>("promotion")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string sentence(const std::string& file, const Rejection& refusal) {
  std::string text = file + ": " + std::string(name(refusal.reason));
  if (!refusal.subject.empty()) text += " at " + refusal.subject;
  return text;
}

class Importer {
 public:
  Importer(store::Store& store, const ShopFiles& files, const Progress& progress)
      : store_(store),
        files_(files),
        progress_(progress),
        version_(store.reads().catalog_version().value_or(-1)) {}

  ImportReport run() {
    read_rules();
    read_settings();
    read_products();
    read_coupons();
    read_images();
    check_references();
    const bool skips = files_.skip_bad && !files_.remove_missing && !fatal_;
    if (!report_.problems.empty() && !skips) return std::move(report_);
    write();
    return std::move(report_);
  }

  /// Whether somebody else changed the catalog meanwhile, so that all has to be compared anew.
  [[nodiscard]] bool is_stale() const { return stale_; }

 private:
  void complain(std::string problem) {
    report_.problems.push_back(std::move(problem));
    fatal_ = true;
  }

  std::optional<std::string> text_of(const std::string& path) {
    if (path.empty()) return std::nullopt;
    auto text = read_file(path);
    if (!text) complain(path + ": cannot be read");
    return text;
  }

  /// The rules of the file, else those in force.
  void read_rules() {
    std::optional<std::string> text = text_of(files_.rules);
    if (!text && files_.rules.empty()) {
      const auto current = store_.reads().current_rules();
      if (current && *current) text = (*current)->bytes;
    }
    if (!text) {
      if (!fatal_) complain("there are no rules yet: name a file of rules");
      return;
    }
    auto rules = wire::decode<Rules>(*text);
    if (!rules) return complain(sentence(files_.rules, rules.error()));
    auto compiled = compile(*rules);
    if (!compiled) return complain(sentence(files_.rules, compiled.error()));
    rules_ = *std::move(rules);
    if (files_.rules.empty()) return;
    std::string bytes = canonical(rules_);
    const auto current = store_.reads().current_rules();
    if (!current) return complain(current.error().message);
    store::RulesDocument document{.id = hex(sha256(bytes)), .bytes = std::move(bytes)};
    if (*current && (*current)->id == document.id) return;
    audit("rules", document.id, *current ? &(*current)->bytes : nullptr, &document.bytes);
    plan_.writes.rules.push_back(std::move(document));
    report_.rules = true;
  }

  void read_settings() {
    const auto text = text_of(files_.settings);
    if (!text) return;
    const auto settings = wire::decode<Settings>(*text);
    if (!settings) return complain(sentence(files_.settings, settings.error()));
    const auto current = store_.reads().current_settings();
    if (!current) return complain(current.error().message);
    store::SettingsDocument document{.version = *current ? (*current)->version + 1 : 1,
                                     .bytes = canonical(*settings)};
    if (*current && (*current)->bytes == document.bytes) return;
    audit("settings", std::to_string(document.version), *current ? &(*current)->bytes : nullptr,
          &document.bytes);
    plan_.writes.settings.push_back(std::move(document));
    report_.settings = true;
  }

  void read_products() {
    const auto text = text_of(files_.products);
    if (!text || fatal_) return;
    const intake::ProductCatalog catalog = intake::read_products(
        *text, {.currency_exponent = static_cast<int>(rules_.currency.exponent),
                .rows_read = [this](std::size_t rows) { progress_("reading rows", rows, 0); }});
    for (const intake::Problem& problem : catalog.problems) {
      report_.problems.push_back(files_.products + ": " + intake::to_string(problem));
    }
    if (catalog.problems_total > catalog.problems.size()) {
      report_.problems.push_back(files_.products + ": and " +
                                 std::to_string(catalog.problems_total - catalog.problems.size()) +
                                 " more");
    }
    report_.refused = catalog.problems_total;
    for (const intake::Problem& note : catalog.notes) {
      report_.notes.push_back(files_.products + ": " + intake::to_string(note));
    }
    if (!catalog.readable) fatal_ = true;
    if (fatal_) return;
    ProductMerge merge(store_.reads(), files_, rules_, catalog.products, plan_, report_);
    if (const auto merged = merge.run(progress_); !merged) {
      complain(sentence("the database", merged.error()));
    }
  }

  void read_coupons() {
    const auto text = text_of(files_.coupons);
    if (!text) return;
    const auto rows = wire::decode<std::vector<CouponRow>>(*text);
    if (!rows) return complain(sentence(files_.coupons, rows.error()));
    for (const CouponRow& row : *rows) {
      const Promotion* promotion = find_promotion(rules_, row.promotion.value);
      if (promotion == nullptr || !promotion->coupon) {
        report_.problems.push_back(files_.coupons + ": the rules have no promotion by code \"" +
                                   row.promotion.value + "\"");
        continue;
      }
      merge_coupon({fold_code(row.code), row.promotion.value});
    }
    if (files_.remove_missing) remove_coupons(*rows);
  }

  void merge_coupon(store::Coupon coupon) {
    const auto stored = store_.reads().coupon(coupon.code);
    if (!stored) return complain(stored.error().message);
    if (*stored && (*stored)->promotion == coupon.promotion) {
      ++report_.coupons.unchanged;
      return;
    }
    ++(*stored ? report_.coupons.changed : report_.coupons.added);
    audit("coupon", coupon.code, *stored ? &(*stored)->promotion : nullptr, &coupon.promotion);
    plan_.writes.coupons.push_back(std::move(coupon));
  }

  void remove_coupons(const std::vector<CouponRow>& rows) {
    constexpr std::int64_t kCodes = 1'000;
    std::set<std::string> kept;
    for (const CouponRow& row : rows) kept.insert(fold_code(row.code));
    std::string after;
    while (true) {
      const auto codes = store_.reads().coupons(after, kCodes);
      if (!codes) return complain(codes.error().message);
      for (const store::Coupon& coupon : *codes) {
        if (kept.contains(coupon.code)) continue;
        audit("coupon", coupon.code, &coupon.promotion, nullptr);
        plan_.writes.coupons_removed.push_back(coupon.code);
        ++report_.coupons.removed;
      }
      if (static_cast<std::int64_t>(codes->size()) < kCodes) return;
      after = codes->back().code;
    }
  }

  void read_images() {
    if (files_.images.empty()) return;
    std::error_code failure;
    std::size_t images = 0;
    for (fs::recursive_directory_iterator at(files_.images, failure), end; !failure && at != end;
         at.increment(failure)) {
      if (!at->is_regular_file()) continue;
      auto bytes = read_file(at->path().string());
      if (!bytes) return complain(at->path().string() + ": cannot be read");
      merge_image({.path = fs::relative(at->path(), files_.images).generic_string(),
                   .content_type = {},
                   .bytes = *std::move(bytes)});
      if (++images % 100 == 0) progress_("reading images", images, 0);
    }
    if (failure) complain(files_.images + ": " + failure.message());
  }

  /// New rules against the offers that stay as they are.
  void check_references() {
    if (!report_.rules || fatal_) return;
    std::set<std::string> replaced(plan_.writes.offers_removed.begin(),
                                   plan_.writes.offers_removed.end());
    for (const store::Offer& offer : plan_.writes.offers) replaced.insert(offer.sku);
    const std::set<std::string> removed(plan_.writes.products_removed.begin(),
                                        plan_.writes.products_removed.end());
    const auto checked = check_offers(rules_, store_.reads(), [&](const store::Offer& offer) {
      return replaced.contains(offer.sku) || removed.contains(offer.handle);
    });
    if (!checked) complain(sentence(files_.rules, checked.error()));
  }

  void merge_image(store::Image image) {
    image.content_type = http::media_type_of_file(image.path);
    const auto stored = store_.reads().image(image.path);
    if (!stored) return complain(stored.error().message);
    if (*stored && (*stored)->bytes == image.bytes) {
      ++report_.images.unchanged;
      return;
    }
    ++(*stored ? report_.images.changed : report_.images.added);
    plan_.writes.images.push_back(std::move(image));
  }

  void audit(const char* what, std::string subject, const std::string* before,
             const std::string* after) {
    store::AuditRow row{.actor = kImporter, .what = what, .subject = std::move(subject)};
    if (before != nullptr) row.before = sha256(*before);
    if (after != nullptr) row.after = sha256(*after);
    plan_.writes.audit.push_back(std::move(row));
  }

  void write() {
    progress_("writing", 0, 0);
    if (store::changes_catalog(plan_.writes)) plan_.writes.catalog_read = {version_};
    ImportJob job(std::move(plan_));
    commit::CommitCounts counts;
    const std::array<commit::Job*, 1> jobs{&job};
    const auto outcomes = commit::run_batch(store_, jobs, counts);
    const Rejection* refusal = commit::rejection(outcomes.front());
    if (refusal == nullptr) {
      report_.written = true;
      return;
    }
    complain(sentence("the database", *refusal));
    if (const auto* failed = std::get_if<commit::Failed>(&outcomes.front())) {
      report_.problems.push_back(failed->failure.message + ' ' + failed->failure.key);
      stale_ = failed->failure.fault == store::Fault::stale;
    }
  }

  store::Store& store_;
  const ShopFiles& files_;
  const Progress& progress_;
  const std::int64_t version_;  // of the catalog that the files are compared with
  ImportReport report_;
  ImportPlan plan_;
  Rules rules_;
  bool fatal_ = false;  // not a matter of single rows
  bool stale_ = false;
};

}  // namespace

ShopFiles files_of_folder(const std::string& folder) {
  const auto found = [&](const char* name) {
    const fs::path path = fs::path(folder) / name;
    std::error_code ignored;
    return fs::exists(path, ignored) ? path.string() : std::string();
  };
  return {.products = found("products.csv"),
          .rules = found("rules.json"),
          .settings = found("settings.json"),
          .coupons = found("coupons.json"),
          .images = found("images")};
}

ImportReport import_shop(store::Store& store, const ShopFiles& files, const Progress& progress) {
  constexpr int kTriesMax = 3;
  for (int tries = 1;; ++tries) {
    Importer importer(store, files, progress);
    ImportReport report = importer.run();
    if (!importer.is_stale() || tries == kTriesMax) return report;
  }
}

}  // namespace tandem::app
