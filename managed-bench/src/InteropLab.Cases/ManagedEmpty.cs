namespace InteropLab.Cases;

/// <summary>
/// The empty managed call: an instance method without arguments that returns a field, one per return type of the cases. It is in
/// this assembly so that it is copied and placed like the variants; it is no case and BenchmarkDotNet never sees it.
/// </summary>
public sealed class ManagedEmpty
{
    private readonly int _int = Inputs.Left;
    private readonly uint _uint = Inputs.Left;
    private readonly long _long = Inputs.Left;
    private readonly ulong _ulong = Inputs.Left;

    public void Void()
    {
    }

    public int Int32() => _int;

    public uint UInt32() => _uint;

    public long Int64() => _long;

    public ulong UInt64() => _ulong;
}
