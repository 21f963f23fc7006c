// SPDX-License-Identifier: Apache-2.0
#pragma once
// A customer with one or two pages open on a cart. Each page is a session of the core, as in the
// browser: it decides by itself, keeps what was not answered, sends it again, and takes answers
// late, twice and in any order.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shop.hpp"
#include "tandem/sync/session.hpp"
#include "timeline.hpp"

namespace tandem::http {
struct Response;
}

namespace tandem::simulate {

class World;

class Buyer {
 public:
  Buyer(World& world, std::string name);
  void begin();

 private:
  struct Cart {
    std::string id;
    std::string secret;
    bool created = false;
  };
  struct Page {
    std::string name;
    std::shared_ptr<Cart> cart;
    std::unique_ptr<sync::Session> session;
    std::optional<Json> asked;  // a command that only the server decides, under its id
    std::int64_t flight = 0;    // the request that it waits for; 0: none
    bool closed = false;
  };
  using PagePtr = std::shared_ptr<Page>;

  void act();
  void new_cart();
  void open_page(const std::shared_ptr<Cart>& cart);
  void reload(Page& page);
  [[nodiscard]] std::unique_ptr<sync::Session> new_session(const Cart& cart);

  void fill(Page& page);
  void edit(Page& page);
  [[nodiscard]] Json some_edit(const Order& order);
  void decide(Page& page, const Json& command);
  void place(Page& page);
  void pay(const PagePtr& page);
  void go_on(const PagePtr& page);

  void send(const PagePtr& page);
  void look(const PagePtr& page);
  void call(const PagePtr& page, const std::string& target, const std::string& body);
  void answered(Page& page, const http::Response& response);
  void take(Page& page, const std::string& text);
  [[nodiscard]] std::string new_id();
  void tell(const Page& page, const std::string& what);

  World& world_;
  std::string name_;
  std::vector<PagePtr> pages_;  // of the cart at hand
  std::int64_t carts_ = 0;
  std::int64_t requests_ = 0;
};

}  // namespace tandem::simulate
