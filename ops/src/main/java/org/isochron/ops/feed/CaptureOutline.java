package org.isochron.ops.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isochron.ops.client.Contract;
import org.isochron.ops.terminal.BadInputException;

/**
 * What one reading of a capture tells before it is played: that it can be read to its end, how long it is, and which of
 * the venue's contracts it is played as.
 *
 * @param lines in the file.
 */
public record CaptureOutline(Contract contract, long lines) {
    private static final long E9 = 1_000_000_000L;
    private static final long MAX_ORDER_LOTS = 50_000_000L;
    /** Lines looked at for a symbol. */
    private static final int LOOK_AHEAD = 1_000;

    private static final List<Contract> LISTED = List.of(
            new Contract(1, "BTC-PERP", E9 / 10, E9 / 1_000, 1_000_000 * E9, MAX_ORDER_LOTS),
            new Contract(2, "ETH-PERP", E9 / 100, E9 / 1_000, 100_000 * E9, MAX_ORDER_LOTS));

    /**
     * Reads a capture once.
     *
     * @throws BadInputException when the file is missing, empty or damaged, names no symbol, or one that is not listed
     *                           here.
     */
    public static CaptureOutline of(final Path capture) {
        String symbol = null;
        String complaint = "";
        long lines = 0;
        final CaptureParser parser = new CaptureParser();
        try (BufferedReader reader = CaptureReader.open(capture)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                if (symbol == null && lines <= LOOK_AHEAD) {
                    final CaptureMessage message = parser.parse(line);
                    symbol = message.symbol();
                    if (complaint.isEmpty() && message instanceof CaptureMessage.Malformed malformed) {
                        complaint = "; line " + lines + ": " + malformed.what();
                    }
                }
            }
        } catch (final IOException ex) {
            throw CaptureReader.unreadable(capture, ex);
        }
        if (symbol == null) {
            throw new BadInputException(capture + " is no capture: none of its first " + Math.min(lines, LOOK_AHEAD)
                    + " lines names an instrument" + complaint);
        }
        return new CaptureOutline(contract(capture, symbol), lines);
    }

    /** By the underlying: BTCUSDT and BTCUSD_PERP are both BTC. */
    private static Contract contract(final Path capture, final String symbol) {
        for (final Contract contract : LISTED) {
            if (symbol.startsWith(
                    contract.symbol().substring(0, contract.symbol().indexOf('-')))) {
                return contract;
            }
        }
        throw new BadInputException(
                capture + " is of " + symbol + "; captures of BTC and ETH against the dollar can be played");
    }
}
