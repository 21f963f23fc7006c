// SPDX-License-Identifier: Apache-2.0
#include "http/address.hpp"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

Networks nets(const std::vector<std::string>& texts) {
  auto all = networks(texts);
  EXPECT_TRUE(all) << all.error();
  return all ? *all : Networks();
}

TEST(Address, IsReadFromDigitsWithOrWithoutAPort) {
  const auto address = parse_address("192.0.2.1");
  ASSERT_TRUE(address);
  EXPECT_TRUE(address->is_v4());
  EXPECT_EQ(parse_address("192.0.2.1:8080"), address);
  EXPECT_EQ(parse_address("::ffff:192.0.2.1"), address);
  EXPECT_EQ(parse_address("[2001:db8::1]:443"), parse_address("2001:db8::1"));
  EXPECT_FALSE(parse_address("2001:db8::1")->is_v4());
  for (const char* text : {"", "unknown", "192.0.2", "192.0.2.256", "shop.example", "_hidden",
                           "[2001:db8::1", "192.0.2.1 ", "192.0.2.1/24"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
  EXPECT_FALSE(parse_address(std::string(200, '1')));
}

TEST(Network, HoldsWhatItsBitsSay) {
  const Networks ten = nets({"10.1.0.0/16"});
  EXPECT_TRUE(contains(ten, *parse_address("10.1.255.3")));
  EXPECT_FALSE(contains(ten, *parse_address("10.2.0.1")));
  EXPECT_TRUE(contains(nets({"10.1.0.7/31"}), *parse_address("10.1.0.6")));
  EXPECT_TRUE(contains(nets({"::1"}), *parse_address("::1")));
  EXPECT_FALSE(contains(nets({"::1"}), *parse_address("127.0.0.1")));
  EXPECT_TRUE(contains(nets({"::/0"}), *parse_address("127.0.0.1")));
  EXPECT_FALSE(contains(nets({"0.0.0.0/0"}), *parse_address("2001:db8::1")));
  EXPECT_TRUE(contains(nets({"2001:db8::/33"}), *parse_address("2001:db8:7fff::1")));
  EXPECT_FALSE(contains(nets({"2001:db8::/33"}), *parse_address("2001:db8:8000::1")));
  for (const std::string text :
       {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "ten", "/8"}) {
    const auto read = networks(std::vector{text});
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error(), text);
  }
}

TEST(Address, PublicIsWhatTheWholeInternetReaches) {
  for (const char* text : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
                           "::ffff:8.8.8.8", "2a00:1450::1", "2606:4700::1111"}) {
    EXPECT_TRUE(is_public(*parse_address(text))) << text;
  }
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.192",
                           "192.0.2.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.1",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1",
                           "::7f00:1",
                           "64:ff9b::a00:1",
                           "64:ff9b:1::1",
                           "100::1",
                           "fd00:ec2::254",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:a00:1::1",
                           "3fff::1"}) {
    EXPECT_FALSE(is_public(*parse_address(text))) << text;
  }
}

TEST(Address, ARangeIsWhatOneCustomerHas) {
  const auto range = [](const char* text) { return range_of(*parse_address(text)); };
  EXPECT_EQ(range("192.0.2.1"), range("192.0.2.254"));
  EXPECT_NE(range("192.0.2.1"), range("192.0.3.1"));
  EXPECT_EQ(range("2001:db8:0:7f::1"), range("2001:db8:0:1::9"));
  EXPECT_NE(range("2001:db8:0:100::1"), range("2001:db8:0:1::9"));
}

struct Seen {
  const char* peer;
  std::vector<const char*> forwarded;  // fields, in order
  const char* address;                 // who it is found to be
};

TEST(Client, IsTheRightMostHopThatIsNoTrustedProxy) {
  const Networks trusted = nets({"127.0.0.1", "10.0.0.0/8"});
  for (const Seen& seen : {
           Seen{"203.0.113.9", {"198.51.100.1"}, "203.0.113.9"},  // no proxy of ours: a lie
           Seen{"127.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
           Seen{"127.0.0.1", {"6.6.6.6, 198.51.100.1"}, "198.51.100.1"},  // the first is a lie
           Seen{"127.0.0.1", {"6.6.6.6", "198.51.100.1, 10.0.0.7"}, "198.51.100.1"},
           Seen{"127.0.0.1", {"198.51.100.1:7000 , 10.0.0.7"}, "198.51.100.1"},
           Seen{"127.0.0.1", {"10.0.0.8, 10.0.0.7"}, "10.0.0.8"},  // nobody but proxies
           Seen{"127.0.0.1", {"6.6.6.6, unknown"}, "127.0.0.1"},
           Seen{"127.0.0.1", {""}, "127.0.0.1"},
           Seen{"127.0.0.1", {}, "127.0.0.1"},
       }) {
    Request request{.remote_address = seen.peer};
    for (const char* field : seen.forwarded) request.headers.add("X-Forwarded-For", field);
    EXPECT_EQ(client_of(request, trusted).address, parse_address(seen.address))
        << seen.peer << ' ' << (seen.forwarded.empty() ? "" : seen.forwarded.front());
  }
  EXPECT_FALSE(client_of(Request{}, trusted).address);
}

TEST(Client, IsSecuredByATrustedProxysWordOnly) {
  Request request{.remote_address = "127.0.0.1"};
  request.headers.add("X-Forwarded-Proto", "https");
  EXPECT_TRUE(client_of(request, nets({"127.0.0.1"})).secured);
  EXPECT_TRUE(client_of(request, nets({"127.0.0.1"})).by_proxy);
  EXPECT_FALSE(client_of(request, nets({"10.0.0.0/8"})).secured);
  EXPECT_FALSE(client_of(request, nets({"10.0.0.0/8"})).by_proxy);
  request.headers.add("X-Forwarded-Proto", "http");
  EXPECT_FALSE(client_of(request, nets({"127.0.0.1"})).secured);
}

TEST(Client, IsAStrangersWordWhereNoTrustedProxyHandsOn) {
  Request request{.remote_address = "127.0.0.1"};
  EXPECT_FALSE(client_of(request, {}).by_stranger);
  request.headers.add("X-Forwarded-For", "198.51.100.1");
  EXPECT_TRUE(client_of(request, {}).by_stranger);
  EXPECT_FALSE(client_of(request, nets({"127.0.0.1"})).by_stranger);
}

}  // namespace
}  // namespace tandem::http
