// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/plan.hpp"

#include <utility>

namespace tandem::store::postgres {

void Plan::add(Query query, std::string_view table, std::string key, Judge judge, Fault broken) {
  queries_.push_back(std::move(query));
  steps_.push_back({std::string(table), std::move(key), std::move(judge), broken});
}

Plan::Judge Plan::all_changed(Fault fault, std::string_view table, std::vector<std::string> names) {
  return [fault, table = std::string(table), names = std::move(names)](Rows& answer) {
    std::set<std::string> changed;
    while (answer.next()) changed.insert(answer.text());
    for (const std::string& name : names) {
      if (changed.contains(name)) continue;
      return Stored<void>(fail({fault, table, name, "the row is not as expected"}));
    }
    return Stored<void>();
  };
}

Stored<void> Plan::run() {
  if (queries_.empty()) return {};
  std::size_t failed = queries_.size();
  auto answers = place_.connection.run(queries_, &failed);
  if (!answers) {
    Failure failure = std::move(answers.error());
    if (failed == queries_.size()) return fail(std::move(failure));
    const Step& step = steps_[failed];
    failure.table = step.table;
    if (!step.key.empty()) failure.key = step.key;
    if (failure.fault == Fault::constraint) failure.fault = step.broken;
    return fail(std::move(failure));
  }
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (!steps_[i].judge) continue;
    if (auto judged = steps_[i].judge((*answers)[i]); !judged) return judged;
  }
  return {};
}

}  // namespace tandem::store::postgres
