namespace VodFunctions.Core.Probing;

/// <summary>
/// A point where the clock of a file begins anew, as where two recordings were joined. Counted in packets, because times say
/// nothing there.
/// </summary>
/// <param name="Stream">The stream's index in the file.</param>
/// <param name="Packet">The stream's first packet with the new clock, counted from 0.</param>
/// <param name="ShiftSeconds">What to add to the file's times from there on, instead of the shift before.</param>
public sealed record ClockJump(int Stream, long Packet, double ShiftSeconds);
