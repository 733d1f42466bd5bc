@echo off
rem ASCII only: cmd reads this file in the code page of the machine. Its messages stand in scripts.
setlocal EnableExtensions DisableDelayedExpansion
rem Explorer quotes a name only where it has a space: cmd cuts others at an ampersand. check.py finds
rem them whole in the line by which Explorer called, which comes in behind the reading of this line.
set "POLICYHOURS_BAT=%~nx0"
setlocal EnableDelayedExpansion
for /f "delims=" %%c in ("!cmdcmdline!") do endlocal & set "POLICYHOURS_CALLED=%%c"
"%~dp0env\Scripts\python.exe" -I -c "import policyhours" >nul 2>nul
if not "%errorlevel%"=="0" goto missing
"%~dp0env\Scripts\python.exe" -I "%~dp0scripts\check.py" %*
set "CODE=%errorlevel%"
goto end

:missing
type "%~dp0scripts\not-installed.txt"
set "CODE=1"

:end
rem Called from a window that stays, it just returns. Explorer's window waits, and then is left by exit,
rem not exit /b: else cmd would run what stands behind an ampersand in a name.
setlocal EnableDelayedExpansion
if "!cmdcmdline:%~nx0=!"=="!cmdcmdline!" exit /b %CODE%
pause
exit %CODE%
