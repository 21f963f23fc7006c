// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a batch writes: a list of statements that travel together in one round trip, each with many
// rows as arrays, and how each answer is judged.
//
//   Plan plan(place);
//   plan.rows("INSERT INTO facts … SELECT $1, * FROM unnest($2, $3)", "facts", writes.facts,
//             [](const Fact&) { return std::string(); },
//             [](Params& params, const auto& facts) {
//               params.column(facts, &Fact::digest);
//               params.column(facts, [](const Fact& f) { return Blob{f.bytes}; });
//             });
//   auto done = plan.run();

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/postgres/queries.hpp"

namespace tandem::store::postgres {

class Plan {
 public:
  /// Judges an answer; what it fails with fails the batch.
  using Judge = std::function<Stored<void>(Rows& answer)>;

  explicit Plan(const Place& place) : place_(place) {}
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  [[nodiscard]] std::int64_t shop() const { return place_.shop; }
  [[nodiscard]] const Place& place() const { return place_; }

  /// `key` names the row when there is but one; `broken` is what a broken constraint is called.
  void add(Query query, std::string_view table, std::string key, Judge judge = {},
           Fault broken = Fault::constraint);

  /// All rows in one statement. `columns(params, rows)` adds $2 and so on, `key` names a row.
  template <class Row, class Key, class Columns>
  void rows(const char* sql, std::string_view table, const std::vector<Row>& all, Key key,
            Columns columns) {
    if (all.empty()) return;
    add_rows(sql, table, pointers(all), key, columns, {});
  }

  /// The same where rows of one key follow each other: no statement may touch a row twice. With
  /// `unchanged` the statement answers the names of the rows it changed, as `key` makes them; one
  /// that is missing is that fault.
  template <class Row, class Key, class Columns>
  void rounds(const char* sql, std::string_view table, const std::vector<Row>& all, Key key,
              Columns columns, std::optional<Fault> unchanged = std::nullopt) {
    for (const auto& round : rounds_of(all, key)) {
      Judge judge;
      if (unchanged) {
        std::vector<std::string> names;
        for (const Row* row : round) names.push_back(key(*row));
        judge = all_changed(*unchanged, table, std::move(names));
      }
      add_rows(sql, table, round, key, columns, std::move(judge));
    }
  }

  /// Rows in the order of the list, each list without a repeated key.
  template <class Row, class Key>
  [[nodiscard]] static std::vector<std::vector<const Row*>> rounds_of(const std::vector<Row>& all,
                                                                      Key key) {
    std::vector<std::vector<const Row*>> rounds;
    std::set<std::string> seen;
    for (const Row& row : all) {
      if (rounds.empty() || !seen.insert(key(row)).second) {
        rounds.emplace_back();
        seen = {key(row)};
      }
      rounds.back().push_back(&row);
    }
    return rounds;
  }

  /// Sends everything; the first failure is the answer.
  [[nodiscard]] Stored<void> run();

 private:
  struct Step {
    std::string table;
    std::string key;
    Judge judge;
    Fault broken;
  };

  template <class Row>
  [[nodiscard]] static std::vector<const Row*> pointers(const std::vector<Row>& all) {
    std::vector<const Row*> pointers;
    for (const Row& row : all) pointers.push_back(&row);
    return pointers;
  }
  template <class Row, class Key, class Columns>
  void add_rows(const char* sql, std::string_view table, const std::vector<const Row*>& some,
                Key key, Columns columns, Judge judge) {
    Query query(sql, place_.shop);
    columns(query.params, some);
    add(std::move(query), table, some.size() == 1 ? key(*some.front()) : std::string(),
        std::move(judge));
  }
  [[nodiscard]] static Judge all_changed(Fault fault, std::string_view table,
                                         std::vector<std::string> names);

  const Place& place_;
  std::vector<Query> queries_;
  std::vector<Step> steps_;
};

// The parts of Batch::write, in the order in which they are written.
void plan_orders(Plan& plan, const Writes& writes);
void plan_orders_removed(Plan& plan, const Writes& writes);
[[nodiscard]] Stored<void> plan_ledgers(Plan& plan, const Writes& writes);
void plan_effects(Plan& plan, const Writes& writes);
void plan_catalog(Plan& plan, const Writes& writes);
void plan_customers(Plan& plan, const Writes& writes);
void plan_staff(Plan& plan, const Writes& writes);
void plan_hooks(Plan& plan, const Writes& writes);

}  // namespace tandem::store::postgres
