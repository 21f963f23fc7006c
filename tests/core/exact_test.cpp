// SPDX-License-Identifier: Apache-2.0
#include "tandem/money/exact.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace tandem {
namespace {

Exact exact(std::string_view text) {
  Exact value;
  EXPECT_TRUE(TextForm<Exact>::parse(text, value)) << text;
  return value;
}

std::string text(Exact value) {
  std::string out;
  TextForm<Exact>::format(value, out);
  return out;
}

TEST(Exact, ReadsAndWritesDecimals) {
  for (const std::string_view same : {"0", "1", "-1", "1999.125", "-0.5", "0.000000000001",
                                      "9007199254740991", "-9007199254740991", "100"}) {
    EXPECT_EQ(text(exact(same)), same);
  }
  EXPECT_EQ(text(exact("1.500")), "1.5");
}

TEST(Exact, RefusesOtherForms) {
  Exact value;
  for (const std::string_view other :
       {"", "-", ".5", "5.", "1e3", "+1", "01", "1.1234567890123", "9007199254740992", "1,5",
        "12345678901234567", " 1", "0x1", "1.-5"}) {
    EXPECT_FALSE(TextForm<Exact>::parse(other, value)) << other;
  }
}

TEST(Exact, DividesHalfEvenAtTheTwelfthPlace) {
  EXPECT_EQ(text(mul_div(Exact::minor(1), 1, 3)), "0.333333333333");
  EXPECT_EQ(text(mul_div(Exact::minor(2), 1, 3)), "0.666666666667");
  EXPECT_EQ(text(mul_div(exact("0.000000000001"), 1, 2)), "0");
  EXPECT_EQ(text(mul_div(exact("0.000000000003"), 1, 2)), "0.000000000002");
  EXPECT_EQ(text(mul_div(exact("-0.000000000003"), 1, 2)), "-0.000000000002");
}

TEST(Exact, ReadsASumOfPartsThatNeverEndAsWhatItIs) {
  const Exact third = mul_div(Exact::minor(1), 1, 3);
  const Exact sixth = mul_div(Exact::minor(5), 1, 6);
  EXPECT_EQ(text(third + third + third), "1");
  EXPECT_EQ(text(sixth + sixth + sixth), "2.5");
  EXPECT_EQ(round_minor(sixth + sixth + sixth, Rounding::half_away), 3);
  EXPECT_EQ(round_minor(sixth + sixth + sixth, Rounding::half_even), 2);
  EXPECT_EQ(round_minor(third + third + third, Rounding::floor), 1);
  EXPECT_EQ(round_minor(-third - third - third, Rounding::up), -1);
  EXPECT_EQ(text(multiply(mul_div(Exact::minor(2), 1, 3), 3'000)), "2000");
  EXPECT_EQ(twelve_places(third), exact("0.333333333333"));
  EXPECT_EQ(rounded_to(multiply(sixth, 3), 5, Rounding::half_away), Exact::minor(5));
}

TEST(Exact, DividesByFigures) {
  EXPECT_EQ(mul_div(Exact::minor(3), exact("0.5"), exact("1.5")), Exact::minor(1));
  EXPECT_EQ(mul_div(exact("1.5"), Exact::minor(2), Exact::minor(3)), Exact::minor(1));
  EXPECT_TRUE(mul_div(Exact::minor(1), Exact::minor(1), Exact::overflow()).overflowed());
  EXPECT_TRUE(mul_div(Exact::minor(1), Exact::overflow(), Exact::minor(1)).overflowed());
}

TEST(Exact, GivesTheSameByTheQuickAndTheSlowWay) {
  // A denominator above the quick way's limit is the same fraction, so the result must not differ.
  for (std::int64_t amount = -2'000; amount < 2'000; amount += 7) {
    for (const std::int64_t ppm : {190'000, 70'000, 82'500, 1, 999'999}) {
      const Exact quick = mul_div(Exact::minor(amount), ppm, 1'000'000 + ppm);
      const Exact slow = mul_div(Exact::minor(amount), Int128{ppm} * 1'000'000,
                                 Int128{1'000'000 + ppm} * 1'000'000);
      ASSERT_EQ(quick, slow) << amount << " " << ppm;
    }
  }
}

TEST(Exact, DividesPartsByTheQuickAndTheSlowWayAlike) {
  using Numbers = std::initializer_list<std::int64_t>;
  constexpr std::int64_t kTop = Exact::kScale - 1;
  for (const std::int64_t floor : Numbers{0, 1, -1, 2, -3, 1999, -1'000'000'007}) {
    for (const std::int64_t above : Numbers{1, 499'999, 500'000, 123'456'789'012'345'678, kTop}) {
      for (const std::int64_t by : Numbers{1, 2, 3, 4, 7, 119, 1'000'000, 8'999'999}) {
        const Exact figure{floor, above};
        // Twice the figure over twice the number does not fit 64 bits, and halves stay halves.
        EXPECT_EQ(mul_div(figure, 1, by), mul_div(figure, 2, 2 * by)) << floor << ' ' << above;
      }
    }
  }
}

TEST(Exact, KeepsTwoHundredFiftySixBitProducts) {
  const Exact largest = Exact::minor(kMinorMax);
  EXPECT_EQ(mul_div(largest, largest.parts(), largest.parts()), largest);
  EXPECT_EQ(multiply(exact("0.000000000001"), largest), exact("9007.199254740991"));
}

TEST(Exact, AddsAndNegatesParts) {
  EXPECT_EQ(text(exact("1.5") + exact("2.7")), "4.2");
  EXPECT_EQ(text(exact("-1.5") + exact("2.7")), "1.2");
  EXPECT_EQ(text(exact("1.5") - exact("2.7")), "-1.2");
  EXPECT_EQ(text(-exact("0.000000000001")), "-0.000000000001");
  EXPECT_EQ(exact("-0.3") + exact("0.3"), Exact{});
  EXPECT_LT(exact("-0.3"), exact("-0.2"));
  EXPECT_LT(exact("0.2"), exact("0.3"));
  EXPECT_EQ(exact("-0.3").sign(), -1);
  EXPECT_EQ(exact("0.3").sign(), 1);
  EXPECT_EQ(Exact::of_parts(exact("-2.25").parts()), exact("-2.25"));
}

TEST(Exact, TakesPartsPerMillionAsDivisionDoes) {
  for (std::int64_t amount = -1'000; amount < 1'000; amount += 3) {
    for (const std::int64_t ppm : {0, 1, 70'000, 333'333, 1'000'000, 2'500'001}) {
      EXPECT_EQ(parts_per_million(Exact::minor(amount), ppm),
                mul_div(Exact::minor(amount), ppm, 1'000'000));
    }
  }
  EXPECT_EQ(parts_per_million(exact("0.5"), 500'000), exact("0.25"));
  EXPECT_TRUE(parts_per_million(Exact::overflow(), 1).overflowed());
}

TEST(Exact, RoundsToStepsOfAnySize) {
  const auto floor_of = [](std::int64_t a, std::int64_t by) {
    return a / by - (a % by < 0 ? 1 : 0);
  };
  for (std::int64_t thousandths = -21'000; thousandths <= 21'000; thousandths += 125) {
    const Exact figure = mul_div(Exact::minor(thousandths), 1, 1'000);
    for (const std::int64_t step : {2, 3, 5, 10}) {
      const std::int64_t unit = step * 1'000;
      const std::int64_t size = thousandths < 0 ? -thousandths : thousandths;
      const std::int64_t away = (2 * size + unit) / (2 * unit) * step;
      EXPECT_EQ(rounded_to(figure, step, Rounding::floor),
                Exact::minor(floor_of(thousandths, unit) * step));
      EXPECT_EQ(rounded_to(figure, step, Rounding::ceiling),
                Exact::minor(-floor_of(-thousandths, unit) * step));
      EXPECT_EQ(rounded_to(figure, step, Rounding::half_away),
                Exact::minor(thousandths < 0 ? -away : away));
    }
  }
}

TEST(Exact, OverflowStaysOverflow) {
  Exact value = Exact::minor(kMinorMax);
  EXPECT_TRUE(in_range(value));
  EXPECT_FALSE(in_range(value + Exact{0, 1}));
  for (int i = 0; i < 4; ++i) value = multiply(value, kMinorMax);
  EXPECT_TRUE(value.overflowed());
  EXPECT_TRUE((value - value).overflowed());
  EXPECT_TRUE((value + Exact::minor(Exact::kFloorMax)).overflowed());
  EXPECT_TRUE((Exact::minor(Exact::kFloorMax) + Exact::minor(1)).overflowed());
  EXPECT_TRUE((-value).overflowed());
  EXPECT_FALSE(in_range(value));
  EXPECT_TRUE(mul_div(Exact::minor(1), 1, 0).overflowed());
  EXPECT_TRUE(rounded(value, Rounding::half_even).overflowed());
}

TEST(Exact, NoSumOrDifferenceWithWhatOverflowedIsAFigure) {
  constexpr Exact kOver = Exact::overflow();
  constexpr Exact kLargest{Exact::kFloorMax, Exact::kScale - 1};
  constexpr Exact kSmallest = Exact::minor(-Exact::kFloorMax);
  for (const Exact other : {kOver, kLargest, kSmallest, Exact{}, Exact{-1, 1}}) {
    EXPECT_TRUE((kOver + other).overflowed());
    EXPECT_TRUE((other + kOver).overflowed());
    EXPECT_TRUE((kOver - other).overflowed());
    EXPECT_TRUE((other - kOver).overflowed());
    EXPECT_TRUE(other == kOver || kOver < other);
  }
  EXPECT_TRUE((kLargest + Exact{0, 1}).overflowed());
  EXPECT_TRUE((kSmallest - Exact{0, 1}).overflowed());
  EXPECT_EQ(kLargest - kLargest, Exact{});
  EXPECT_EQ(kSmallest + kLargest, (Exact{0, Exact::kScale - 1}));
  EXPECT_EQ(-kSmallest, Exact::minor(Exact::kFloorMax));
  EXPECT_EQ((Exact{2, 1} - Exact{5, 3}), (Exact{-4, Exact::kScale - 2}));
  EXPECT_FALSE(in_range(Exact::minor(kMinorMax + 1)));
  EXPECT_TRUE(in_range(Exact::minor(-kMinorMax)));
  EXPECT_FALSE(in_range(Exact{-kMinorMax - 1, Exact::kScale - 1}));
}

TEST(Rounding, NamesMeanOneThingEach) {
  const auto rounds = [](std::string_view figure) {
    std::string all;
    for (std::size_t i = 0; i < kEnumNames<Rounding>.size(); ++i) {
      all += std::to_string(round_minor(exact(figure), static_cast<Rounding>(i))) + " ";
    }
    return all;
  };
  // half_away half_even half_ceiling half_floor half_zero up down ceiling floor
  EXPECT_EQ(rounds("2.5"), "3 2 3 2 2 3 2 3 2 ");
  EXPECT_EQ(rounds("-2.5"), "-3 -2 -2 -3 -2 -3 -2 -2 -3 ");
  EXPECT_EQ(rounds("3.5"), "4 4 4 3 3 4 3 4 3 ");
  EXPECT_EQ(rounds("-3.5"), "-4 -4 -3 -4 -3 -4 -3 -3 -4 ");
  EXPECT_EQ(rounds("2.000000000001"), "2 2 2 2 2 3 2 3 2 ");
  EXPECT_EQ(rounds("-2.000000000001"), "-2 -2 -2 -2 -2 -3 -2 -2 -3 ");
  EXPECT_EQ(rounds("7"), "7 7 7 7 7 7 7 7 7 ");
}

TEST(Rounding, ReachesStepsOfSeveralMinorUnits) {
  const auto to_five = [](std::int64_t minor, Rounding rounding) {
    return rounded_to(Exact::minor(minor), 5, rounding).floor;
  };
  EXPECT_EQ(to_five(1998, Rounding::half_away), 2000);
  EXPECT_EQ(to_five(1997, Rounding::half_away), 1995);
  EXPECT_EQ(to_five(-1998, Rounding::half_away), -2000);
  EXPECT_EQ(to_five(1999, Rounding::floor), 1995);
  EXPECT_EQ(to_five(-1999, Rounding::floor), -2000);
  EXPECT_EQ(rounded_to(Exact::minor(15), 10, Rounding::half_even).floor, 20);
  EXPECT_EQ(rounded_to(Exact::minor(25), 10, Rounding::half_even).floor, 20);
}

}  // namespace
}  // namespace tandem
