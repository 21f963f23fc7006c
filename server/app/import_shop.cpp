// SPDX-License-Identifier: Apache-2.0
#include "app/import_shop.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "app/consequences.hpp"
#include "app/facts.hpp"
#include "commit/committer.hpp"
#include "http/static_files.hpp"
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

/// Everything that will be written, put together while the files are checked.
struct Plan {
  store::Writes writes;
  std::vector<ImportedProducts::Count> counts;
  std::optional<std::string> settings;  // canonical bytes, published when they differ
  std::optional<store::RulesDocument> rules;
};

/// The import as one job: counts become differences to what is on hand now.
class ImportJob final : public commit::Job {
 public:
  ImportJob(Plan plan, store::Reads& reads) : plan_(std::move(plan)), reads_(reads) {}

  void declare(commit::Needs&) override {}
  void declare_ledgers(const commit::WorkingSet&, commit::Needs& needs) override {
    for (const auto& count : plan_.counts) needs.ledger(stock_key(count.sku));
  }
  Result<void> decide(commit::Scope& scope) override {
    scope.writes().append(store::Writes(plan_.writes));
    // What the counts lead to on orders waits in the outbox for the server.
    for (const auto& count : plan_.counts) {
      const auto adjusted = adjust_stock({.sku = count.sku,
                                          .on_hand = count.quantity,
                                          .safety_stock = {},
                                          .count = true,
                                          .actor = "import",
                                          .reason = "counted"},
                                         scope);
      if (!adjusted) return std::unexpected(adjusted.error());
    }
    return publish(scope);
  }

 private:
  /// Documents that are current already are not published again.
  Result<void> publish(commit::Scope& scope) {
    if (plan_.rules) {
      const auto current = reads_.current_rules();
      if (!current) return std::unexpected(store::rejection_of(current.error()));
      if (!*current || (*current)->id != plan_.rules->id) {
        store::RulesDocument rules = *plan_.rules;
        rules.published_ms = scope.now_ms();
        scope.writes().rules.push_back(std::move(rules));
      }
    }
    if (!plan_.settings) return {};
    const auto current = reads_.current_settings();
    if (!current) return std::unexpected(store::rejection_of(current.error()));
    if (*current && (*current)->bytes == *plan_.settings) return {};
    scope.writes().settings.push_back({.version = *current ? (*current)->version + 1 : 1,
                                       .bytes = *plan_.settings,
                                       .published_ms = scope.now_ms()});
    return {};
  }

  const Plan plan_;
  store::Reads& reads_;
};

class Importer {
 public:
  Importer(store::Store& store, const ShopFiles& files, const Progress& progress)
      : store_(store), files_(files), progress_(progress) {}

  ImportReport run() {
    read_rules();
    read_settings();
    read_products();
    read_coupons();
    read_images();
    if (!report_.problems.empty() && !(files_.skip_bad && !fatal_)) return std::move(report_);
    write();
    return std::move(report_);
  }

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
    plan_.rules = store::RulesDocument{.id = hex(sha256(bytes)), .bytes = std::move(bytes)};
    report_.rules = true;
  }

  void read_settings() {
    const auto text = text_of(files_.settings);
    if (!text) return;
    const auto settings = wire::decode<Settings>(*text);
    if (!settings) return complain(sentence(files_.settings, settings.error()));
    plan_.settings = canonical(*settings);
    report_.settings = true;
  }

  void read_products() {
    const auto text = text_of(files_.products);
    if (!text || fatal_) return;
    progress_("reading products", 0, 0);
    const auto catalog = intake::read_shopify(
        *text, {.currency_exponent = static_cast<int>(rules_.currency.exponent)});
    for (const intake::Problem& problem : catalog.problems) {
      report_.problems.push_back(files_.products + ": " + intake::to_string(problem));
    }
    if (catalog.problems_total > catalog.problems.size()) {
      report_.problems.push_back(files_.products + ": and " +
                                 std::to_string(catalog.problems_total - catalog.problems.size()) +
                                 " more");
    }
    for (const intake::Problem& note : catalog.notes) {
      report_.notes.push_back(files_.products + ": " + intake::to_string(note));
    }
    if (!catalog.readable) fatal_ = true;
    ImportedProducts imported = to_offers(catalog.products, rules_, report_);
    report_.products = imported.products.size();
    report_.offers = imported.offers.size();
    plan_.writes.products = std::move(imported.products);
    plan_.writes.offers = std::move(imported.offers);
    plan_.writes.stock_policies = std::move(imported.policies);
    plan_.counts = std::move(imported.counts);
    progress_("reading products", report_.products, report_.products);
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
      plan_.writes.coupons.push_back({fold_code(row.code), row.promotion.value});
    }
    report_.coupons = plan_.writes.coupons.size();
  }

  void read_images() {
    if (files_.images.empty()) return;
    std::error_code failure;
    for (fs::recursive_directory_iterator at(files_.images, failure), end; !failure && at != end;
         at.increment(failure)) {
      if (!at->is_regular_file()) continue;
      auto bytes = read_file(at->path().string());
      if (!bytes) return complain(at->path().string() + ": cannot be read");
      const std::string path = fs::relative(at->path(), files_.images).generic_string();
      plan_.writes.images.push_back({.path = path,
                                     .content_type = std::string(http::media_type_of_file(path)),
                                     .bytes = *std::move(bytes)});
      if (++report_.images % 100 == 0) progress_("reading images", report_.images, 0);
    }
    if (failure) complain(files_.images + ": " + failure.message());
  }

  void write() {
    progress_("writing", 0, 0);
    ImportJob job(std::move(plan_), store_.reads());
    commit::CommitCounts counts;
    const std::array<commit::Job*, 1> jobs{&job};
    const auto outcomes = commit::run_batch(store_, jobs, counts);
    if (const Rejection* refusal = commit::rejection(outcomes.front())) {
      complain(sentence("the database", *refusal));
      if (const auto* failed = std::get_if<commit::Failed>(&outcomes.front())) {
        report_.problems.push_back(failed->failure.message + ' ' + failed->failure.key);
      }
      return;
    }
    report_.written = true;
  }

  store::Store& store_;
  const ShopFiles& files_;
  const Progress& progress_;
  ImportReport report_;
  Plan plan_;
  Rules rules_;
  bool fatal_ = false;  // not a matter of single rows
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
  return Importer(store, files, progress).run();
}

}  // namespace tandem::app
