package org.isochron.replay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.PowerExponent;
import org.isochron.replay.audit.AuditedMargins.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditedMarginsTest {
    private static final AuditedContract LINEAR =
            AuditedBed.contract("BTC-PERP", 1, 6, ContractKind.LINEAR, 100_000_000, 1_000_000);

    private static long of(
            final AuditedMargins margins, final AuditedContract contract, final long lots, final long size) {
        return margins.maintenance(contract, lots < 0, BigInteger.valueOf(size)).longValueExact();
    }

    @Test
    void shouldTakeTheRateOfTheContractRoundedUpWhereThereAreNoTiers() {
        assertEquals(25_000, of(AuditedMargins.OF_CONTRACT, LINEAR, 1, 1_000_000));
        assertEquals(1, of(AuditedMargins.OF_CONTRACT, LINEAR, 1, 1));
        assertEquals(0, of(AuditedMargins.OF_CONTRACT, LINEAR, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        // 1 % up to 10 million, 2 % from there to 30 million, 5 % beyond.
        "9000000, 90000",
        "10000000, 100000",
        "10000001, 100001",
        "30000000, 500000",
        "31000000, 550000",
    })
    void shouldTakeEachRateOfThePartInsideItsTier(final long size, final long expected) {
        final AuditedMargins tiers = new AuditedMargins(List.of(
                new Tier(BigInteger.ZERO, 10_000),
                new Tier(BigInteger.valueOf(10_000_000), 20_000),
                new Tier(BigInteger.valueOf(30_000_000), 50_000)));

        assertEquals(expected, of(tiers, LINEAR, 1, size));
    }

    @ParameterizedTest
    @CsvSource({
        // By 2.5 %: a square falls by 4.9375 % and rises by 5.0625 %, a short of it holds a quarter of the notional.
        "TWO, 1, 49375",
        "TWO, -1, 250000",
        // 1 - sqrt(0.975) = 0.0125791, sqrt(1.025) - 1 = 0.0124229: less than the rate itself.
        "HALF, 1, 25000",
        "HALF, -1, 25000",
        // 1 - 0.975^3 = 0.073141 (rounded up)
        "THREE, 1, 73141",
        "ONE, -1, 25000",
    })
    void shouldAskForTheLossByAnAdverseMoveOfAPower(
            final PowerExponent exponent, final long lots, final long expected) {
        final AuditedContract power = new AuditedContract(
                "POWER",
                1,
                6,
                ContractKind.POWER,
                exponent,
                100_000_000,
                1_000_000,
                1_000_000_000_000L,
                50_000,
                25_000,
                0);

        assertEquals(expected, of(AuditedMargins.OF_CONTRACT, power, lots, 1_000_000));
    }
}
