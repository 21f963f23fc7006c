// SPDX-License-Identifier: Apache-2.0
#include "tandem/wire/problem.hpp"

#include "tandem/base/rejection_fields.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem {
namespace {

/// The document, as the field list orders it.
struct Problem {
  std::optional<std::vector<Fault>> also;
  std::optional<std::vector<Change>> changes;
  std::optional<std::int64_t> limit;
  Reason reason{};
  std::int64_t status = 0;
  std::string subject;
  std::string title;
  std::string type;
};

}  // namespace

template <>
struct Fields<Problem> {
  static constexpr std::array list{
      sparse<&Problem::also>("also"),       sparse<&Problem::changes>("changes"),
      required<&Problem::limit>("limit"),   required<&Problem::reason>("reason"),
      required<&Problem::status>("status"), required<&Problem::subject>("subject"),
      required<&Problem::title>("title"),   required<&Problem::type>("type")};
};

namespace wire {

std::string problem_document(const Rejection& rejection) {
  const ReasonInfo& row = info(rejection.reason);
  Problem problem{.also = {},
                  .changes = {},
                  .limit = rejection.limit,
                  .reason = rejection.reason,
                  .status = row.http_status,
                  .subject = rejection.subject,
                  .title = std::string(row.sentence),
                  .type = "urn:tandem:reason:" + std::string(row.name)};
  if (!rejection.also.empty()) problem.also = rejection.also;
  if (!rejection.changes.empty()) problem.changes = rejection.changes;
  return canonical(problem);
}

}  // namespace wire
}  // namespace tandem
