// SPDX-License-Identifier: Apache-2.0
#include "app/published.hpp"

#include <algorithm>
#include <map>

#include "app/references.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "commit/scope.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

Edition edition_of(store::RulesDocument&& rules) {
  return {.id = std::move(rules.id),
          .bytes = std::move(rules.bytes),
          .published_ms = rules.published_ms};
}

Edition edition_of(store::SettingsDocument&& settings) {
  return {.id = std::to_string(settings.version),
          .bytes = std::move(settings.bytes),
          .published_ms = settings.published_ms};
}

template <class Document>
Result<std::optional<Edition>> one_edition(store::Stored<std::optional<Document>> stored) {
  auto found = or_refusal(std::move(stored));
  if (!found) return std::unexpected(std::move(found.error()));
  if (!*found) return std::nullopt;
  return edition_of(std::move(**found));
}

template <class Document>
Result<std::vector<Edition>> all_editions(store::Stored<std::vector<Document>> stored) {
  auto found = or_refusal(std::move(stored));
  if (!found) return std::unexpected(std::move(found.error()));
  std::vector<Edition> all;
  for (Document& document : *found) all.push_back(edition_of(std::move(document)));
  return all;
}

/// Walks two documents side by side.
class Comparison {
 public:
  void compare(const std::string& path, const wire::Value* before, const wire::Value* after) {
    if (before != nullptr && after != nullptr) {
      if (before->object() && after->object()) {
        return compare_parts(path, by_key(*before->object()), by_key(*after->object()));
      }
      if (before->list() && after->list()) {
        const bool named = has_ids(*before->list()) && has_ids(*after->list());
        return compare_parts(path, by_place(*before->list(), named),
                             by_place(*after->list(), named));
      }
    }
    auto was = text_of(before);
    auto is = text_of(after);
    if (was != is) found.push_back({path, std::move(was), std::move(is)});
  }

  std::vector<Difference> found;

 private:
  using Parts = std::map<std::string, const wire::Value*>;

  static std::optional<std::string> text_of(const wire::Value* value) {
    if (value == nullptr) return std::nullopt;
    std::string text;
    wire::append_value(text, *value);
    return text;
  }

  static const std::string* id_of(const wire::Value& value) {
    const wire::Value* id = value.object() ? value.find("id") : nullptr;
    return id == nullptr ? nullptr : id->text();
  }

  static bool has_ids(const wire::List& list) {
    return std::ranges::all_of(list, [](const wire::Value& one) { return id_of(one) != nullptr; });
  }

  static Parts by_key(const wire::Members& members) {
    Parts parts;
    for (const wire::Member& member : members) parts[member.key] = &member.value;
    return parts;
  }

  static Parts by_place(const wire::List& list, bool named) {
    Parts parts;
    for (std::size_t i = 0; i < list.size(); ++i) {
      parts[named ? *id_of(list[i]) : std::to_string(i)] = &list[i];
    }
    return parts;
  }

  void compare_parts(const std::string& path, const Parts& before, const Parts& after) {
    Parts all = before;
    all.insert(after.begin(), after.end());
    for (const auto& [name, ignored] : all) {
      const auto was = before.find(name);
      const auto is = after.find(name);
      compare(path + '/' + name, was == before.end() ? nullptr : was->second,
              is == after.end() ? nullptr : is->second);
    }
  }
};

}  // namespace

Result<std::string> check_paper(Paper paper, std::string_view text) {
  if (paper == Paper::settings) {
    const auto settings = wire::decode<Settings>(text);
    if (!settings) return std::unexpected(settings.error());
    return canonical(*settings);
  }
  const auto rules = wire::decode<Rules>(text);
  if (!rules) return std::unexpected(rules.error());
  if (const auto compiled = compile(*rules); !compiled) return std::unexpected(compiled.error());
  return canonical(*rules);
}

Result<std::optional<Edition>> current_edition(Paper paper, store::Reads& reads) {
  if (paper == Paper::rules) return one_edition(reads.current_rules());
  return one_edition(reads.current_settings());
}

Result<std::optional<Edition>> edition(Paper paper, const std::string& id, store::Reads& reads) {
  if (paper == Paper::rules) return one_edition(reads.rules(id));
  const auto version = number(id);
  if (!version) return std::nullopt;
  return one_edition(reads.settings(*version));
}

Result<std::vector<Edition>> editions(Paper paper, store::Reads& reads) {
  if (paper == Paper::rules) return all_editions(reads.rules_versions());
  return all_editions(reads.settings_versions());
}

Result<std::vector<Difference>> differences(std::string_view before, std::string_view after) {
  const auto was = wire::parse(before);
  if (!was) return std::unexpected(was.error());
  const auto is = wire::parse(after);
  if (!is) return std::unexpected(is.error());
  Comparison comparison;
  comparison.compare("", &*was, &*is);
  return std::move(comparison.found);
}

Result<std::string> PublishJob::bytes() const {
  if (source_.id.empty()) return check_paper(paper_, source_.text);
  const auto old = edition(paper_, source_.id, reads_);
  if (!old) return std::unexpected(old.error());
  if (!*old) return reject(Reason::reference_unknown, source_.id);
  return check_paper(paper_, (*old)->bytes);
}

/// Against what is stored beside the document: of rules the offers, then what stops working.
Result<void> PublishJob::check_references(const std::string& text) {
  Result<Settings> settings;
  Result<Rules> rules;
  if (paper_ == Paper::rules) {
    rules = wire::decode<Rules>(text);
    if (!rules) return std::unexpected(rules.error());
    if (auto ok = check_offers(*rules, reads_); !ok) return ok;
    settings = settings_now(reads_);
  } else {
    const auto current = current_edition(Paper::rules, reads_);
    if (!current) return std::unexpected(current.error());
    if (!*current) return {};
    rules = wire::decode<Rules>((*current)->bytes);
    settings = wire::decode<Settings>(text);
  }
  if (!rules) return std::unexpected(rules.error());
  if (!settings) return std::unexpected(settings.error());
  auto found = warnings_of(*rules, *settings, reads_);
  if (!found) return std::unexpected(found.error());
  warnings = *std::move(found);
  return {};
}

void PublishJob::check_before() {
  const auto version = reads_.catalog_version();  // before what it vouches for
  auto checked = bytes();
  if (!version || !checked) return;  // decide() says why
  auto references = check_references(*checked);
  checked_ = {.version = *version,
              .bytes = *std::move(checked),
              .references = std::move(references),
              .warnings = std::exchange(warnings, {})};
}

/// As they were found beforehand, if nothing has changed since: goods, codes and both documents
/// count in the catalogue's version.
Result<void> PublishJob::references_at(std::int64_t version, const std::string& text) {
  if (!checked_ || checked_->version != version || checked_->bytes != text) {
    return check_references(text);
  }
  warnings = checked_->warnings;
  return checked_->references;
}

void PublishJob::publish(const std::optional<Edition>& before, commit::Scope& scope) {
  if (paper_ == Paper::rules) {
    scope.writes().rules.push_back(
        {.id = now.id, .bytes = now.bytes, .published_ms = now.published_ms});
  } else {
    scope.writes().settings.push_back({.version = number(now.id).value_or(0),
                                       .bytes = now.bytes,
                                       .published_ms = now.published_ms});
  }
  store::AuditRow row{.at_ms = scope.now_ms(),
                      .actor = actor_,
                      .what = std::string(enum_name(paper_)),
                      .subject = now.id};
  if (before) row.before = sha256(before->bytes);
  row.after = sha256(now.bytes);
  scope.writes().audit.push_back(std::move(row));
  scope.writes().catalog_read.push_back(scope.set().catalog_version());
}

Result<void> PublishJob::decide(commit::Scope& scope) {
  changed = false;
  warnings.clear();
  const auto before = current_edition(paper_, reads_);
  if (!before) return std::unexpected(before.error());
  const auto tag = *before ? std::optional((*before)->id) : std::nullopt;
  if (auto ok = check_precondition(precondition_, tag, std::string(enum_name(paper_))); !ok) {
    return ok;
  }
  auto checked = bytes();
  if (!checked) return std::unexpected(std::move(checked.error()));
  if (*before && (*before)->bytes == *checked) {
    now = **before;
    return {};
  }
  if (auto ok = references_at(scope.set().catalog_version(), *checked); !ok) return ok;
  const std::int64_t number_before = *before ? number((*before)->id).value_or(0) : 0;
  now.id = paper_ == Paper::rules ? hex(sha256(*checked)) : std::to_string(number_before + 1);
  now.bytes = *std::move(checked);
  now.published_ms = scope.now_ms();
  changed = true;
  publish(*before, scope);
  return {};
}

}  // namespace tandem::app
