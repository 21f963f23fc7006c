// SPDX-License-Identifier: Apache-2.0
#include "buyer.hpp"

#include <algorithm>

#include "tandem/fields/writer.hpp"
#include "world.hpp"

namespace tandem::simulate {
namespace {

constexpr std::int64_t kPatienceMs = 30'000;
constexpr std::int64_t kCartsMax = 3;

Json line(std::string_view sku, std::int64_t quantity) {
  return {{"type", "add_line"}, {"sku", sku}, {"quantity", quantity}};
}

Json address(const std::string& name) {
  return {{"type", "set_address"},
          {"kind", "ship_to"},
          {"address",
           {{"country", "DE"},
            {"name", name},
            {"line1", "Linden 1"},
            {"city", "Berlin"},
            {"postcode", "10115"}}}};
}

bool is_live_payment(const Attempt& attempt) {
  return is_live(attempt.state) && attempt.provider.value == "demo";
}

}  // namespace

Buyer::Buyer(World& world, std::string name) : world_(world), name_(std::move(name)) {}

void Buyer::tell(const Page& page, const std::string& what) { world_.story.tell(page.name, what); }

std::string Buyer::new_id() { return app::random_hex(16); }

void Buyer::begin() {
  world_.timeline.after(world_.random.between(100, 25'000), [this] {
    if (world_.is_over()) return;
    act();
    begin();
  });
}

void Buyer::new_cart() {
  ++carts_;
  for (const PagePtr& page : pages_) page->closed = true;
  pages_.clear();
  auto cart = std::make_shared<Cart>();
  cart->id = new_id();
  cart->secret = new_id();
  open_page(cart);
  if (world_.random.chance(35)) open_page(cart);
}

void Buyer::open_page(const std::shared_ptr<Cart>& cart) {
  auto page = std::make_shared<Page>();
  page->name = name_ + std::to_string(carts_) + (pages_.empty() ? "" : "'");
  page->cart = cart;
  page->session = new_session(*cart);
  pages_.push_back(std::move(page));
}

std::unique_ptr<sync::Session> Buyer::new_session(const Cart& cart) {
  auto session = std::make_unique<sync::Session>(OrderId{cart.id});
  static const Digest rules_id = sha256(rules_bytes());
  const bool taken =
      session->set_rules(rules_bytes(), rules_id) && session->put_offers(offers_json());
  if (!taken) world_.story.broken("a page does not understand the shop's rules");
  return session;
}

/// What a page leaves behind is all that the next one has.
void Buyer::reload(Page& page) {
  tell(page, "reloads");
  const std::string kept = page.session->export_kept();
  const Digest head = page.session->history().head();
  const std::size_t pending = page.session->pending().size();
  page.session = new_session(*page.cart);
  const auto found = page.session->import_kept(kept);
  if (!found) return world_.story.broken("a page cannot read what it kept");
  const bool same = page.session->history().head() == head &&
                    page.session->pending().size() + found->notices.size() == pending;
  if (!same) world_.story.broken("a page finds something else than it left");
  page.flight = 0;
}

void Buyer::act() {
  if (pages_.empty()) return new_cart();
  const PagePtr page = world_.random.pick(pages_);
  const Order& order = page->session->history().order();
  const bool ended = order.state == OrderState::order || order.state == OrderState::canceled;
  if (ended && carts_ < kCartsMax && world_.random.chance(40)) return new_cart();
  if (world_.random.chance(4)) return reload(*page);
  if (page->flight != 0 && !world_.random.chance(15)) return;
  go_on(page);
}

/// The next thing on the way to an order, or something else.
void Buyer::go_on(const PagePtr& page) {
  Random& random = world_.random;
  const Order& order = page->session->shown();
  if (page->asked || !page->session->pending().empty()) return send(page);
  if (random.chance(8)) return look(page);
  switch (order.state) {
    case OrderState::quotation:
      if (order.lines.empty() || !order.has_contact) {
        fill(*page);
      } else if (random.chance(30)) {
        edit(*page);
      } else {
        place(*page);
      }
      return send(page);
    case OrderState::quotation_sent:
      // Bought on one page, changed on the other; or canceled, or never paid.
      if (random.chance(12)) {
        edit(*page);
        return send(page);
      }
      return random.chance(75) ? pay(page) : look(page);
    case OrderState::order:
    case OrderState::canceled:
      if (random.chance(10)) {
        edit(*page);
        return send(page);
      }
      if (random.chance(20)) return pay(page);
      if (random.chance(30)) look(page);
      return;
  }
}

void Buyer::fill(Page& page) {
  Random& random = world_.random;
  const std::int64_t kinds = random.between(1, 3);
  for (std::int64_t i = 0; i < kinds; ++i)
    decide(page, line(random.pick(kSkus), random.between(1, 2)));
  const std::string email = (random.chance(70) ? name_ : "shared") + "@example.com";
  decide(page, {{"type", "set_contact"}, {"email", email}, {"name", name_}});
  decide(page, address(name_));
  decide(page, {{"type", "choose_shipping"}, {"method", "parcel"}});
  decide(page, {{"type", "choose_payment"}, {"method", random.chance(88) ? "card" : "wire"}});
  if (random.chance(40)) {
    decide(page, {{"type", "apply_coupon"}, {"code", random.chance(65) ? "welcome" : "ONCE"}});
  }
  if (random.chance(30)) decide(page, {{"type", "apply_gift_card"}, {"code", kGiftCard}});
}

Json Buyer::some_edit(const Order& order) {
  Random& random = world_.random;
  switch (random.below(order.lines.empty() ? 3 : 7)) {
    case 0:
      return {{"type", "apply_coupon"}, {"code", random.chance(60) ? "WELCOME" : "once"}};
    case 1:
      return {{"type", "choose_payment"}, {"method", random.chance(80) ? "card" : "wire"}};
    case 2:
      return line(random.pick(kSkus), 1);
    case 3:
      return {{"type", "remove_line"}, {"line", random.pick(order.lines).id.value}};
    case 4:
      return random.chance(40) ? Json{{"type", "cancel_order"}} : Json{{"type", "renew_hold"}};
    default:
      return {{"type", "set_quantity"},
              {"line", random.pick(order.lines).id.value},
              {"quantity", random.between(1, 3)}};
  }
}

void Buyer::edit(Page& page) { decide(page, some_edit(page.session->shown())); }

void Buyer::decide(Page& page, const Json& command) {
  const auto done =
      page.session->apply(command.dump(), CommandId{new_id()}, world_.timeline.now_ms());
  const std::string told =
      done ? "" : " (refused here: " + std::string(name(done.error().reason)) + ')';
  tell(page, command.dump() + told);
}

void Buyer::place(Page& page) {
  const sync::State state = page.session->state();
  if (!state.place.possible && !world_.random.chance(5)) {
    const auto& why = state.place.rejection;
    tell(page, "cannot place: " + std::string(why ? name(why->reason) : "?"));
    return edit(page);
  }
  tell(page, "places version " + std::to_string(state.version));
  page.asked = {{"command_id", new_id()},
                {"command",
                 {{"type", "place_order"},
                  {"expected_digest", state.quote_digest},
                  {"expected_version", state.version}}}};
}

/// On the bank's page; a stale page leads to the intent of an older attempt.
void Buyer::pay(const PagePtr& page) {
  Random& random = world_.random;
  const Order& order = page->session->history().order();
  const auto number = page->session->state().order_no;
  if (order.attempts.empty() || !number) return look(page);
  const bool last = random.chance(85);
  const Attempt& attempt = last ? order.attempts.back() : random.pick(order.attempts);
  if (attempt.provider.value != "demo") return look(page);
  const std::string intent = payment::intent_id(*number, attempt.number);
  const bool due = order.state == OrderState::quotation_sent;
  if (due && random.chance(10) && !std::ranges::any_of(order.attempts, is_live_payment)) {
    page->asked = {{"command_id", new_id()}, {"command", {{"type", "start_payment"}}}};
    return send(page);
  }
  const std::int64_t way = random.below(100);
  bool open = false;
  if (way < 70) {
    open = world_.bank.pay(intent, false);
  } else if (way < 82) {
    open = world_.bank.pay(intent, true);
  } else {
    open = world_.bank.decline(intent);
  }
  const char* what = way < 70 ? "pays " : way < 82 ? "authorizes " : "is declined ";
  tell(*page, what + intent + (open ? "" : ", which is not open"));
  world_.timeline.after(random.between(100, 4'000), [this, page] { look(page); });
}

/// Everything that has no answer yet; a command that only the server decides goes alone.
void Buyer::send(const PagePtr& page) {
  const sync::Session& session = *page->session;
  if (!page->cart->created) {
    const Json body{{"order", page->cart->id}, {"secret", page->cart->secret}};
    return call(page, "/v1/orders", body.dump());
  }
  Json commands = Json::array();
  if (!session.pending().empty()) {
    commands = Json::parse(canonical(session.pending()));
  } else if (page->asked) {
    commands.push_back(*page->asked);
  }
  if (commands.empty()) return;
  const Json body{{"base_version", session.history().version()}, {"commands", commands}};
  call(page, "/v1/orders/" + page->cart->id + "/commands", body.dump());
}

void Buyer::look(const PagePtr& page) {
  if (!page->cart->created) return;
  call(page,
       "/v1/orders/" + page->cart->id +
           "/events?after=" + std::to_string(page->session->history().version()),
       {});
}

void Buyer::call(const PagePtr& page, const std::string& target, const std::string& body) {
  const std::int64_t flight = ++requests_;
  page->flight = flight;
  const http::Request request =
      body.empty() ? get(target, page->cart->secret) : post(target, body, page->cart->secret);
  world_.network.call(
      page->name, request, page->cart->id, [this, page, flight](const http::Response& response) {
        if (page->flight == flight) page->flight = 0;
        if (page->closed) return;
        answered(*page, response);
        const bool more = page->asked || !page->session->pending().empty();
        if (more && page->flight == 0 && !world_.is_over() && world_.random.chance(60)) {
          send(page);
        }
      });
  world_.timeline.after(kPatienceMs, [page, flight] {
    if (page->flight == flight) page->flight = 0;
  });
}

void Buyer::answered(Page& page, const http::Response& response) {
  const std::string text(response.content());
  if (text.find(R"("events":)") != std::string::npos) return take(page, text);
  const Json body = Json::parse(text, nullptr, false);
  if (!body.is_object()) return;
  if (response.status < 300) {
    page.cart->created = true;
    return;
  }
  tell(page, "is answered " + std::to_string(response.status) + ' ' + body.value("reason", "?"));
  // What the server does not understand it will not understand later either.
  if (response.status == 500) world_.story.broken("the shop answers 500 to " + page.name);
  if (response.status == 400) world_.story.broken("the shop does not understand " + page.name);
}

void Buyer::take(Page& page, const std::string& text) {
  const auto received = page.session->receive(text);
  if (!received) {
    return world_.story.broken(page.name +
                               " refuses an answer: " + std::string(name(received.error().reason)) +
                               ' ' + received.error().subject);
  }
  for (const sync::Notice& notice : received->notices) {
    tell(page, "is told: " + std::string(name(notice.rejection.reason)));
  }
  if (received->gap) return tell(page, "misses events");
  const sync::History& history = page.session->history();
  if (history.version() > 0) {
    world_.auditor.told(page.cart->id, history.version(), hex(history.head()));
  }
  if (!page.asked) return;
  const Json body = Json::parse(text);
  for (const Json& result : body.at("results")) {
    if (result.at("command_id") != page.asked->at("command_id")) continue;
    const bool accepted = result.at("accepted").get<bool>();
    tell(page, accepted ? "is told: accepted" : "is told: " + result.at("rejected").dump());
    page.asked.reset();
    return;
  }
}

}  // namespace tandem::simulate
