// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions behind whole numbers: nothing that JavaScript would have to free ever leaves the module.
// Every call answers `{"ok":true,"gap":…,"lineCount":…,"linePlaces":[…],"notices":[…],"state":{…}}`
// or a refusal; times are milliseconds. A view has `lineCount` lines, of which those at
// `linePlaces` are in `state`; the others are as this session's last answer told them.

#include <emscripten/val.h>

#include <string>

namespace tandem::web {

[[nodiscard]] int open_session(const std::string& order_id);
void close_session(int id);

[[nodiscard]] emscripten::val set_rules(int id, const std::string& document,
                                        const std::string& rules_id);
[[nodiscard]] emscripten::val put_offers(int id, const std::string& offers);
[[nodiscard]] emscripten::val set_facts(int id, const std::string& facts);
[[nodiscard]] emscripten::val apply(int id, const std::string& command,
                                    const std::string& command_id, double now_ms);
[[nodiscard]] emscripten::val receive(int id, const std::string& answer);
[[nodiscard]] emscripten::val state(int id, double now_ms);
/// The bytes to keep (see Session::export_kept), and taking them back.
[[nodiscard]] emscripten::val export_kept(int id);
[[nodiscard]] emscripten::val import_kept(int id, const std::string& kept);
/// The pending commands as they are sent: a list of `{"command":{…},"command_id":"…"}`.
[[nodiscard]] emscripten::val pending(int id);

}  // namespace tandem::web
