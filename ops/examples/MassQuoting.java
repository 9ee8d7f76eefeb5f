import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import org.isochron.codecs.*;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.client.*;
import org.isochron.sequencer.edge.*;

/**
 * Logs on as maker 107 of the sample venue and quotes BTC-PERP and ETH-PERP around their marks for ten seconds: both with
 * one message, five times a second. Ten fills within a second freeze its quotes, and two seconds without a sign of life
 * cancel them.
 */
public class MassQuoting implements VenueListener, MarketDataListener {
    static final int ACCOUNT = 107, USD = 1, BTC_PERP = 1, ETH_PERP = 2, GROUP = 1, QUOTE_SET = 1;
    static final long BTC_TICK = 100_000_000, ETH_TICK = 10_000_000, SECOND = 1_000_000_000;

    final long[] markE9 = new long[ETH_PERP + 1];
    final QuoteTicket quotes = new QuoteTicket();
    boolean isFrozen;
    long requests;

    public static void main(String[] args) {
        var self = new MassQuoting();
        try (var driver = AeronDriver.launch(Path.of("run/driver/mass-quoting"), ThreadingMode.INVOKER);
                var transport = driver.newTransport();
                var feed = new MarketDataClient(transport,
                        new Channel("aeron:udp?endpoint=239.10.9.11:20461|interface=127.0.0.1", 41),
                        new Channel("aeron:udp?endpoint=239.10.9.13:20462|interface=127.0.0.1", 42),
                        SystemClock.INSTANCE, self);
                var maker = VenueClient.connect(
                        ClientConfig.of(107, SystemClock.INSTANCE.wallNs(), "sample-secret-of-maker-107".getBytes(US_ASCII),
                                new Channel("aeron:udp?endpoint=127.0.0.1:20410", 10),
                                new Channel("aeron:udp?endpoint=127.0.0.1:20451", 2107)),
                        transport, SystemClock.INSTANCE, self)) {
            if (!maker.awaitEstablished(5_000)) {
                throw new IllegalStateException("the venue did not open session 107");
            }
            // Frozen for 0 ms means until we say so.
            maker.mmpConfig(ACCOUNT, GROUP, USD, MmpLimits.within(1_000, 0).fills(10), ++self.requests);
            long next = System.nanoTime();
            for (long end = next + 10 * SECOND; System.nanoTime() < end; ) {
                maker.poll();
                feed.poll();
                if (System.nanoTime() >= next) {
                    next += SECOND / 5;
                    self.act(maker);
                }
            }
        } // leaving ends the session, and with it its quotes: cancel on disconnect
    }

    void act(VenueClient maker) {
        maker.deadMan(ACCOUNT, 2_000, ++requests);
        if (isFrozen) {
            maker.mmpReset(ACCOUNT, GROUP, ++requests);
        } else if (markE9[BTC_PERP] > 0 && markE9[ETH_PERP] > 0) {
            quotes.begin(ACCOUNT, QUOTE_SET, GROUP, true, ++requests);
            quote(BTC_PERP, BTC_TICK);
            quote(ETH_PERP, ETH_TICK);
            maker.massQuote(quotes);
        }
    }

    /** Five lots each way, a twentieth of a per cent from the mark. */
    void quote(int instrument, long tick) {
        long ticks = markE9[instrument] / tick, away = ticks / 2_000;
        quotes.quote(instrument, instrument, (ticks - away) * tick, 5, (ticks + away) * tick, 5);
    }

    public void onMarkIndex(MarkIndexDecoder mark) {
        int instrument = (int) mark.stamp().instrumentId();
        if (instrument < markE9.length && mark.state() == IndexState.VALID) {
            markE9[instrument] = mark.markPrice();
        }
    }

    public void onMassQuoteAck(MassQuoteAckDecoder ack) {
        for (var entry : ack.entries()) {
            System.out.println("quote " + entry.entryId() + ": bid " + text(entry.bidCode()) + ", offer " + text(entry.askCode()));
        }
    }

    static String text(RejectCode code) {
        return code == RejectCode.NULL_VAL ? "stands" : "refused, " + code;
    }

    public void onFill(FillDecoder fill) {
        System.out.println("filled: " + fill.side() + " " + fill.lastQuantity() + " lots of " + fill.instrumentId()
                + ", position " + fill.positionAfter());
    }

    public void onMmpTriggered(MmpTriggeredDecoder triggered) {
        System.out.println("frozen: " + triggered.reachedLimit() + " " + triggered.value());
        isFrozen = true;
    }

    public void onCommandAccepted(CommandAcceptedDecoder accepted) {
        isFrozen &= accepted.refTemplateId() != MmpResetDecoder.TEMPLATE_ID;
    }

    public void onBusinessReject(BusinessRejectDecoder reject) {
        System.out.println("message " + reject.refTemplateId() + " refused: " + reject.code());
        isFrozen |= reject.code() == RejectCode.MMP_FROZEN; // since an earlier run, perhaps
    }

    public void onRefused(RejectCode code, long lastSessionVerId) {
        System.out.println("session refused: " + code);
    }

    /** The session and the feed both tell of gaps. */
    public void onGap(long from, long to) {
        System.out.println("lost " + from + " to " + to);
    }
}
