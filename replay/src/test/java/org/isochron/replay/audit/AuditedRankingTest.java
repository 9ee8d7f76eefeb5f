package org.isochron.replay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.List;
import org.isochron.codecs.DeleverageRule;
import org.isochron.replay.audit.AuditedRanking.Candidate;
import org.junit.jupiter.api.Test;

class AuditedRankingTest {
    private final AuditedBed bed = new AuditedBed();
    private final AuditedPosition failing;

    AuditedRankingTest() {
        failing = bed.trade(2, AuditedBed.LINEAR, 1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 55_000);
    }

    private AuditedPosition sell(final long accountId, final long money, final long lots, final long price) {
        bed.give(accountId, AuditedBed.USD, money);
        return bed.trade(accountId, AuditedBed.LINEAR, -lots, price);
    }

    private List<Long> accounts(final DeleverageRule rule, final long seed) {
        return AuditedRanking.of(AuditedBed.closing(failing, 54_000_000_000L), rule, seed).stream()
                .map(candidate -> candidate.position().accountId)
                .toList();
    }

    private static long score(final AuditedPosition position, final DeleverageRule rule) {
        return AuditedRanking.score(position, rule, 0, position.bucket.equity());
    }

    @Test
    void shouldMultiplyProfitByLeverageAndDivideLossByIt() {
        // 100 lots from 60,000: profit 500 on 6,000 is 8.3333 %; notional 5,500 on 1,100 is 5 times.
        final AuditedPosition gains = sell(3, 600_000_000, 100, 60_000);
        assertEquals(416_665, score(gains, DeleverageRule.PNL_LEVERAGE));
        // From 50,000: loss 500 on 5,000 is 10 %, with 5,500 on 550 tenfold leverage.
        final AuditedPosition loses = sell(4, 1_050_000_000, 100, 50_000);
        assertEquals(-10_000, score(loses, DeleverageRule.PNL_LEVERAGE));
    }

    @Test
    void shouldSetEntryAgainstMarkForShortsAndMarkAgainstEntryForLongs() {
        // 60,000 / 55,000 at fivefold leverage.
        assertEquals(5_454_545, score(sell(3, 600_000_000, 100, 60_000), DeleverageRule.HYPERLIQUID));
        // A long from 50,000 with as much: 55,000 / 50,000 at 5.
        bed.give(4, AuditedBed.USD, 600_000_000);
        assertEquals(5_500_000, score(bed.trade(4, AuditedBed.LINEAR, 100, 50_000), DeleverageRule.HYPERLIQUID));
    }

    @Test
    void shouldTakeSignedValuesOfInverseContracts() {
        // BitMEX: an inverse long has a negative value. From 60,000 to 55,000 it loses, a short gains.
        bed.mark(AuditedBed.INVERSE, 55_000);
        bed.give(3, AuditedBed.XBT, 100_000_000);
        bed.give(4, AuditedBed.XBT, 100_000_000);
        final AuditedPosition isLong = bed.trade(3, AuditedBed.INVERSE, 60, 60_000);
        final AuditedPosition isShort = bed.trade(4, AuditedBed.INVERSE, -60, 60_000);

        assertEquals(-9_090_909, isLong.profit().longValueExact());
        assertEquals(9_090_909, isShort.profit().longValueExact());
        // 9.0909 % of one coin; 1.09090909 coins of size on 1.09090909 of equity.
        assertEquals(90_909, score(isShort, DeleverageRule.PNL_LEVERAGE));
    }

    @Test
    void shouldRankEverybodyOfTheOtherSideWhoCanBearALot() {
        sell(3, 600_000_000, 100, 60_000);
        sell(4, 2_000_000_000, 100, 60_000);
        // As account 3, opened later.
        sell(5, 600_000_000, 100, 60_000);
        // Long; owing; and worth 0.5, with 1 to lose by the lot.
        bed.give(6, AuditedBed.USD, 1_000_000_000);
        bed.trade(6, AuditedBed.LINEAR, 100, 60_000);
        sell(7, 400_000_000, 100, 50_000);
        sell(8, -4_500_000, 1, 60_000);
        // INSURANCE stands in it like anyone.
        sell(AuditedVenue.INSURANCE_ID, 5_000_000_000L, 100, 60_000);

        final List<Candidate> dear =
                AuditedRanking.of(AuditedBed.closing(failing, 56_000_000_000L), DeleverageRule.PNL_LEVERAGE, 0);
        assertEquals(
                List.of(3L, 5L, 4L, AuditedVenue.INSURANCE_ID),
                dear.stream().map(candidate -> candidate.position().accountId).toList());
        // At 54 for a lot account 8 gains by it.
        assertEquals(List.of(8L, 3L, 5L, 4L, AuditedVenue.INSURANCE_ID), accounts(DeleverageRule.PNL_LEVERAGE, 0));
    }

    @Test
    void shouldDrawLotsByTheSeedAndAccountAlone() {
        for (long account = 3; account < 23; account++) {
            sell(account, 6_000_000_000L, 10, 60_000);
        }
        assertEquals(accounts(DeleverageRule.SEEDED_RANDOM, 7), accounts(DeleverageRule.SEEDED_RANDOM, 7));
        assertNotEquals(accounts(DeleverageRule.SEEDED_RANDOM, 7), accounts(DeleverageRule.SEEDED_RANDOM, 8));
    }

    @Test
    void shouldOfferInProportionWithCumulativeFloors() {
        sell(5, 6_000_000_000L, 1, 60_000);
        sell(3, 6_000_000_000L, 3, 60_000);
        sell(4, 6_000_000_000L, 3, 60_000);
        final Closing closing = AuditedBed.closing(failing, 54_000_000_000L);
        final ProRataRound round = new ProRataRound(AuditedRanking.of(closing, DeleverageRule.PRO_RATA, 0), 5);

        // floor(5*3/7) = 2, floor(5*6/7) = 4, 5: by account id, whoever is older.
        assertEquals(
                List.of(2L, 2L, 1L),
                round.rest().stream().map(ProRataRound.Offer::lots).toList());
        assertEquals(
                List.of(3L, 4L, 5L),
                round.rest().stream()
                        .map(offer -> offer.candidate().position().accountId)
                        .toList());
    }

    @Test
    void shouldShareADeficitOutToTheQuantum() {
        final List<BigInteger> bases =
                List.of(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO, BigInteger.valueOf(4));

        // floor(5*1/7), floor(5*2/7), floor(5*3/7), the same, 5.
        assertEquals(
                List.of(0L, 1L, 1L, 0L, 3L),
                AuditedSettlement.shares(BigInteger.valueOf(5), bases, BigInteger.valueOf(7)).stream()
                        .map(BigInteger::longValueExact)
                        .toList());
    }
}
