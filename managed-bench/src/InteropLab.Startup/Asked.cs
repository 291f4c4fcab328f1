using System;
using System.Globalization;

namespace InteropLab.Startup;

/// <summary>One row: a program, its params as in the row key, a variant.</summary>
internal sealed record Asked(string Program, string Params, string Variant)
{
    /// <summary>The value of the program's only param.</summary>
    public string Text(string param) =>
        Params.StartsWith(param, StringComparison.Ordinal) && Params.Length > param.Length + 1 && Params[param.Length] == '='
            ? Params[(param.Length + 1)..]
            : throw RefusedException.Bad($"{Program}: params '{Params}' are not {param}=VALUE");

    public int Number(string param) =>
        int.TryParse(Text(param), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw RefusedException.Bad($"{Program}: {Params} is not a number");

    public RefusedException NoSuch(string what) => RefusedException.Bad($"{Program} has no {what} '{(what == "variant" ? Variant : Params)}'");
}
