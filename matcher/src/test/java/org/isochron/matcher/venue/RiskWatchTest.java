package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The risk scan over a real core. Instrument 1: margin 10 % and 5 %, no fees, K = 0.01 of the asset. */
final class RiskWatchTest {
    private static final long MS = 1_000_000;

    private final VenueBed bed = VenueBed.trading();
    private final List<List<Long>> proposals = new ArrayList<>();
    private final List<Long> scans = new ArrayList<>();
    private final List<String> ranges = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<String> concentrations = new ArrayList<>();
    private RiskWatch watch = watch(ScanRange.WHOLE);
    private boolean refuses;
    private long monotonicNs = 1;

    private RiskWatch watch(final ScanRange range) {
        return new RiskWatch(
                bed.venue.ledger(),
                bed.venue.marks(),
                bed.venue.margin(),
                range,
                VenueBed.RISK,
                this::take,
                RiskWatch.MIN_REPORT_INTERVAL_NS);
    }

    /** Another watch takes the place of the one that there was. */
    private void rewatch(final ScanRange range) {
        watch = watch(range);
        bed.outlet = watch;
        watch.onLive();
        scan();
    }

    @BeforeEach
    void longsWithThinMargin() {
        bed.account(300, 1, "120");
        bed.account(301, 1, "110");
        bed.session(30, 1, "{accountId:300},{accountId:301}");
        bed.sell(20, 200, 20, "100", "");
        bed.buy(30, 300, 10, "100", "");
        bed.buy(30, 301, 10, "100", "");
        bed.outlet = watch;
        watch.onLive();
        scan();
        assertEquals(List.of(), proposals);
        scans.clear();
    }

    @Test
    void shouldProposeTheWorstShortfallFirstWhenAMarkFalls() {
        bed.tick("92");
        scan();

        assertEquals(List.of(List.of(301L, 300L)), proposals);
    }

    @Test
    void shouldProposeNobodyExactlyAtTheMaintenanceMargin() {
        // 301: equity 110 - 10 * (100 - p) = 5 % of 10 * p at p = 93.6842: one cent above nobody is under water.
        bed.tick("93.69");
        scan();
        assertEquals(List.of(), proposals);

        bed.tick("93.68");
        scan();
        assertEquals(List.of(List.of(301L)), proposals);
    }

    @Test
    void shouldSayWhatItHasScannedWhenEverybodyIsHealthyOrProposed() {
        bed.tick("92");
        final long repriced = sequence();
        scan();
        assertEquals(List.of(), scans, "the proposal may be lost with the session");
        propose(301, 300);
        scan();

        assertTrue(scans.get(0) >= repriced);
    }

    @Test
    void shouldSayNothingOfAScanWhoseProposalsWereLost() {
        bed.tick("92");
        scan();
        bed.pass(1_200);
        scan();
        assertEquals(2, proposals.size());
        assertEquals(List.of(), scans);
    }

    @Test
    void shouldNotProposeAgainWhileAnAnswerIsAwaited() {
        bed.tick("92");
        scan();
        bed.tick("91.99");
        scan();

        assertEquals(1, proposals.size());
    }

    @Test
    void shouldProposeAgainWhenNoAnswerCameForASecond() {
        bed.tick("92");
        scan();
        bed.pass(1_200);
        scan();

        assertEquals(List.of(List.of(301L, 300L), List.of(301L, 300L)), proposals);
    }

    @Test
    void shouldJudgeAgainAfterTheCoreHasDeclined() {
        bed.tick("92");
        scan();
        bed.tick("100");
        propose(301, 300);
        scan();
        assertEquals(1, proposals.size());

        bed.tick("92");
        scan();
        assertEquals(2, proposals.size());
    }

    @Test
    void shouldLeaveABucketAloneOnceItIsLiquidated() {
        bed.tick("92");
        scan();
        propose(301, 300);
        bed.tick("91");
        scan();

        assertEquals(1, proposals.size());
    }

    @Test
    void shouldKeepWhatItCouldNotSend() {
        refuses = true;
        bed.tick("92");
        scan();
        assertFalse(watch.isIdle());
        refuses = false;
        scan();

        assertEquals(List.of(List.of(301L, 300L)), proposals);
    }

    @Test
    void shouldWaitTenMillisecondsBetweenTwoScansAndThenCatchUp() {
        bed.tick("99");
        watch.doWork(monotonicNs);
        bed.tick("98");
        watch.doWork(monotonicNs + 9 * MS);
        watch.doWork(monotonicNs + 9 * MS);
        final int before = scans.size();
        watch.doWork(monotonicNs + 11 * MS);
        watch.doWork(monotonicNs + 22 * MS);

        assertEquals(before + 1, scans.size());
        assertTrue(scans.get(scans.size() - 1) >= sequence() - 1);
    }

    @Test
    void shouldNotAnswerItsOwnReportsWithMoreReports() {
        bed.tick("99");
        scan();
        final int before = scans.size();
        bed.send(VenueBed.RISK, "ScanCompleted:{bucketsJudged:2,scannedSequence:5}");
        scan();
        scan();

        assertEquals(before, scans.size());
    }

    @Test
    void shouldJudgeAnAccountWhoseCashChanged() {
        bed.tick("94");
        scan();
        assertEquals(List.of(), proposals);
        bed.operator("Withdraw:{accountId:200,assetId:1,amount:'1000'}");
        scan();

        assertEquals(List.of(), proposals);
        assertEquals(2, scans.size());
    }

    @Test
    void shouldProposeNobodyOnAnInvalidMark() {
        bed.tick("92");
        bed.sequencer("EpochStart:{epoch:2,sequencerId:1,baseSequence:1,prevChain:'0000000000000000'}");
        scan();

        assertEquals(List.of(), proposals);
    }

    @Test
    void shouldScanOnlyItsRangeAndSayWhichItIs() {
        rewatch(new ScanRange(1, 300, 0));
        bed.tick("92");
        scan();

        assertEquals(List.of(List.of(300L)), proposals);
        propose(300);
        scan();
        assertEquals("null-300", ranges.get(ranges.size() - 1));
    }

    @Test
    void shouldLetNodesOfLowerRankGoFirst() {
        rewatch(new ScanRange(1, ScanRange.HIGHEST, 2));
        bed.tick("92");
        work(39);
        assertEquals(List.of(), proposals);

        work(2);
        assertEquals(List.of(List.of(301L, 300L)), proposals);
    }

    @Test
    void shouldProposeNothingThatAnotherNodeHasProposed() {
        rewatch(new ScanRange(1, ScanRange.HIGHEST, 1));
        bed.operator("SessionDefine:{sessionId:4,role:'RISK',accounts:[]}");
        bed.connect(4);
        bed.tick("92");
        work(10);
        bed.send(
                4,
                "LiquidationProposal:{observedSequence:1,buckets:[{accountId:301,assetId:1},{accountId:300,assetId:1}]}");
        work(60);

        assertEquals(List.of(), proposals);
        assertTrue(watch.isIdle());
    }

    @Test
    void shouldProposeAgainAfterTheCoreHasRefusedTheWholeProposal() {
        bed.tick("92");
        scan();
        // A refusal for whatever reason: this one names a state that is still to come.
        bed.send(
                VenueBed.RISK,
                "LiquidationProposal:{observedSequence:9999999,buckets:[{accountId:301,assetId:1},"
                        + "{accountId:300,assetId:1}]}");
        work(90);
        assertEquals(1, proposals.size());

        work(30);
        assertEquals(List.of(List.of(301L, 300L), List.of(301L, 300L)), proposals);
    }

    @Test
    void shouldTellHoldersWhereTheyStandWhenThatHasChanged() {
        bed.pass(100);
        work(60);
        assertEquals(List.of("300:5 301:3 ", "200:5 "), places);
        bed.send(
                VenueBed.RISK,
                "DeleveragePlaces:{instrumentId:1,observedSequence:1,holders:[{accountId:300,fifth:5},"
                        + "{accountId:301,fifth:3},{accountId:200,fifth:5}]}");
        bed.pass(1_100);
        work(60);
        assertEquals(2, places.size());

        // With a gain the one with the thinner margin comes first.
        bed.tick("101");
        bed.pass(1_100);
        work(60);
        assertEquals("300:3 301:5 ", sorted(places.get(2)));
        assertEquals(3, places.size());
    }

    @Test
    void shouldTellOnceASecondAtMost() {
        bed.pass(100);
        work(60);
        bed.tick("101");
        bed.pass(900);
        work(60);
        assertEquals(2, places.size());
    }

    @Test
    void shouldTellWhatTheLargestHold() {
        bed.pass(100);
        work(60);

        assertEquals(List.of("10 20 20 20 20 20 20"), concentrations);
    }

    private static String sorted(final String holders) {
        final String[] words = holders.split(" ");
        Arrays.sort(words);
        return String.join(" ", words) + " ";
    }

    /** Duty cycles, a millisecond apart. */
    private void work(final int millis) {
        for (int i = 0; i < millis; i++) {
            monotonicNs += MS;
            watch.doWork(monotonicNs);
        }
    }

    private void propose(final long... accounts) {
        final StringBuilder buckets = new StringBuilder();
        for (final long account : accounts) {
            buckets.append(buckets.length() == 0 ? "" : ",")
                    .append("{accountId:")
                    .append(account)
                    .append(",assetId:1}");
        }
        bed.send(VenueBed.RISK, "LiquidationProposal:{observedSequence:1,buckets:[" + buckets + "]}");
    }

    private long sequence() {
        return bed.log().size();
    }

    /** Duty cycles, 20 ms apart, until there is nothing to do. */
    private void scan() {
        for (int i = 0; i < 4; i++) {
            monotonicNs += 20 * MS;
            watch.doWork(monotonicNs);
        }
    }

    private boolean take(final DirectBuffer message, final int offset, final int length) {
        if (refuses) {
            return false;
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, offset);
        switch (header.templateId()) {
            case ScanCompletedDecoder.TEMPLATE_ID -> {
                final ScanCompletedDecoder scan =
                        new ScanCompletedDecoder().wrapAndApplyHeader(message, offset, header);
                scans.add(scan.scannedSequence());
                ranges.add(accountOrNull(scan.fromAccountId()) + "-" + accountOrNull(scan.toAccountId()));
            }
            case DeleveragePlacesDecoder.TEMPLATE_ID -> takePlaces(message, offset, header);
            case HolderConcentrationDecoder.TEMPLATE_ID -> takeConcentration(message, offset, header);
            default -> takeProposal(message, offset, header);
        }
        return true;
    }

    private static String accountOrNull(final long accountId) {
        return accountId == ScanCompletedDecoder.fromAccountIdNullValue() ? "null" : Long.toString(accountId);
    }

    private void takePlaces(final DirectBuffer message, final int offset, final MessageHeaderDecoder header) {
        final StringBuilder line = new StringBuilder();
        for (final DeleveragePlacesDecoder.HoldersDecoder holder : new DeleveragePlacesDecoder()
                .wrapAndApplyHeader(message, offset, header)
                .holders()) {
            line.append(holder.accountId()).append(':').append(holder.fifth()).append(' ');
        }
        places.add(line.toString());
    }

    private void takeConcentration(final DirectBuffer message, final int offset, final MessageHeaderDecoder header) {
        final HolderConcentrationDecoder figures =
                new HolderConcentrationDecoder().wrapAndApplyHeader(message, offset, header);
        concentrations.add(figures.longLargest() + " " + figures.longLargest5() + " " + figures.longLargest10() + " "
                + figures.shortLargest() + " " + figures.shortLargest5() + " " + figures.shortLargest10() + " "
                + figures.openInterest());
    }

    private void takeProposal(final DirectBuffer message, final int offset, final MessageHeaderDecoder header) {
        final List<Long> accounts = new ArrayList<>();
        final LiquidationProposalDecoder proposal = new LiquidationProposalDecoder();
        proposal.wrapAndApplyHeader(message, offset, header);
        for (final LiquidationProposalDecoder.BucketsDecoder bucket : proposal.buckets()) {
            accounts.add(bucket.accountId());
        }
        proposals.add(accounts);
    }
}
